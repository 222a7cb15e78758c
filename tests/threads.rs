//! The number of threads changes nothing that is printed.

use crate::unspin::run;

#[test]
fn one_thread_and_eight_print_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let spun =
        std::fs::read_to_string(crate::unspin::root().join("tests/corpus/ferry_spun.txt")).unwrap();
    let sentences: Vec<&str> = spun.split_inclusive(". ").collect();
    for file in 0..300_usize {
        let start = file % sentences.len();
        let text: String =
            sentences.iter().cycle().skip(start).take(1 + file % 7).copied().collect();
        let folder = folder.path().join(format!("{:02}", file % 17));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{file}.txt")), text).unwrap();
    }
    for format in ["text", "concise", "json"] {
        let one = run(folder.path(), &["check", "--format", format, "--threads", "1", "."], b"");
        let eight = run(folder.path(), &["check", "--format", format, "--threads", "8", "."], b"");
        assert_eq!(one.code, 1);
        assert!(one.stdout.contains("cascade-artifact"), "the test needs findings");
        assert_eq!(one, eight, "{format}");
    }
}
