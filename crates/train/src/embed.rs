//! Word vectors, made small enough to ship.
//!
//! The mean and the first components of word vectors tell mostly how frequent a word is, not what it means; without
//! them the remaining components separate meanings better (Mu and Viswanath, "All-but-the-Top: Simple and Effective
//! Postprocessing for Word Representations", ICLR 2018). Projecting on the next few components then keeps most of
//! the variance in a fraction of the bytes.
//!
//! Nothing but `+`, `-`, `*`, `/` and square roots in a fixed order: the same vectors give the same bytes on any
//! machine, which an eigen-solver from elsewhere would not promise.

use std::collections::HashMap;
use std::fmt;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use anyhow::Context;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Components removed: the paper takes about one for each hundred dimensions, and reports that two do no harm.
const REMOVED: usize = 2;

/// Length of a reduced vector before rounding, so that every coordinate fits `i8`.
const LENGTH: f64 = 127.0;

/// Below this share of its length outside the removed components, a vector's direction is rounding error.
const SMALLEST_SHARE: f64 = 1e-6;

/// Reads the vectors of the words that are `wanted` from wink's JSON file: an object with `dimensions` before
/// `vectors`, where the array of a word starts with its coordinates (its norm and its rank follow).
///
/// # Errors
///
/// Where the file cannot be read, is not such an object, or a wanted word has too few coordinates.
pub(crate) fn read(
    path: &Path,
    wanted: &dyn Fn(&str) -> bool,
) -> anyhow::Result<HashMap<String, Vec<f32>>> {
    let file = File::open(path).with_context(|| format!("cannot open {}", path.display()))?;
    parse(BufReader::with_capacity(1 << 20, file), wanted)
        .with_context(|| format!("cannot read {}", path.display()))
}

fn parse(
    reader: impl Read,
    wanted: &dyn Fn(&str) -> bool,
) -> serde_json::Result<HashMap<String, Vec<f32>>> {
    let mut json = serde_json::Deserializer::from_reader(reader);
    let vectors = Embeddings(wanted).deserialize(&mut json)?;
    json.end()?;
    Ok(vectors)
}

/// Subtracts the mean, removes the first two principal components, projects on the next `dimensions` of them, scales
/// to length 127 and rounds. All `vectors` must have one length; where that leaves fewer components than
/// `dimensions`, the result has so many.
///
/// A vector that lies in what is removed has no direction left and becomes `None`.
pub(crate) fn reduce(vectors: &[Option<Vec<f32>>], dimensions: usize) -> Vec<Option<Vec<i8>>> {
    let mean = mean(vectors);
    let components = principal_components(covariance(vectors, &mean));
    let kept: Vec<Vec<f64>> = components.into_iter().skip(REMOVED).take(dimensions).collect();
    vectors.iter().map(|vector| project(&centred(vector.as_ref()?, &mean), &kept)).collect()
}

fn mean(vectors: &[Option<Vec<f32>>]) -> Vec<f64> {
    let mut sum = Vec::new();
    let mut count = 0.0;
    for vector in vectors.iter().flatten() {
        sum.resize(vector.len(), 0.0);
        sum.iter_mut().zip(vector).for_each(|(sum, &x)| *sum += f64::from(x));
        count += 1.0;
    }
    sum.into_iter().map(|sum| sum / count).collect()
}

fn centred(vector: &[f32], mean: &[f64]) -> Vec<f64> {
    assert_eq!(vector.len(), mean.len(), "vectors of one length");
    vector.iter().zip(mean).map(|(&x, mean)| f64::from(x) - mean).collect()
}

/// The covariance matrix times the number of vectors: the scale does not turn its axes.
fn covariance(vectors: &[Option<Vec<f32>>], mean: &[f64]) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; mean.len()]; mean.len()];
    for vector in vectors.iter().flatten() {
        let vector = centred(vector, mean);
        for (i, row) in matrix.iter_mut().enumerate() {
            let x = vector[i];
            row[i..].iter_mut().zip(&vector[i..]).for_each(|(sum, y)| *sum += x * y);
        }
    }
    for i in 1..matrix.len() {
        let (above, below) = matrix.split_at_mut(i);
        below[0].iter_mut().zip(above).for_each(|(entry, row)| *entry = row[i]);
    }
    matrix
}

/// The unit eigenvectors of a symmetric matrix, largest eigenvalue first, by the cyclic Jacobi method (Golub and Van
/// Loan, *Matrix Computations*, section 8.5).
fn principal_components(mut matrix: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    // Convergence is quadratic: a matrix of this size needs about ten sweeps.
    const MOST_SWEEPS: usize = 60;

    let size = matrix.len();
    let mut vectors = vec![vec![0.0; size]; size];
    vectors.iter_mut().enumerate().for_each(|(i, row)| row[i] = 1.0);
    let norm: f64 = matrix.iter().flatten().map(|x| x * x).sum();
    for _ in 0..MOST_SWEEPS {
        let off: f64 =
            matrix.iter().enumerate().flat_map(|(i, row)| &row[i + 1..]).map(|x| x * x).sum();
        if off <= norm * 1e-28 {
            break;
        }
        for p in 0..size {
            for q in p + 1..size {
                if matrix[p][q] != 0.0 {
                    rotate(&mut matrix, &mut vectors, p, q);
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&i, &j| matrix[j][j].total_cmp(&matrix[i][i]));
    order.into_iter().map(|i| std::mem::take(&mut vectors[i])).collect()
}

/// Turns the axes `p` and `q` so that the entry they share becomes 0.
fn rotate(matrix: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    let cotangent = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = cotangent.signum() / (cotangent.abs() + (cotangent * cotangent + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    let turn = |x: &mut f64, y: &mut f64| {
        (*x, *y) = (cosine * *x - sine * *y, sine * *x + cosine * *y);
    };
    let turn_rows = |rows: &mut [Vec<f64>]| {
        let [x, y] = rows.get_disjoint_mut([p, q]).expect("two rows of the matrix");
        x.iter_mut().zip(y).for_each(|(x, y)| turn(x, y));
    };
    for row in matrix.iter_mut() {
        let [x, y] = row.get_disjoint_mut([p, q]).expect("two columns of the matrix");
        turn(x, y);
    }
    turn_rows(matrix);
    turn_rows(vectors);
}

fn project(centred: &[f64], components: &[Vec<f64>]) -> Option<Vec<i8>> {
    let projected: Vec<f64> =
        components.iter().map(|axis| axis.iter().zip(centred).map(|(a, x)| a * x).sum()).collect();
    let length = length(&projected);
    (length > SMALLEST_SHARE * self::length(centred))
        .then(|| projected.iter().map(|x| (x * LENGTH / length).round() as i8).collect())
}

fn length(vector: &[f64]) -> f64 {
    vector.iter().map(|x| x * x).sum::<f64>().sqrt()
}

/// The whole file: hundreds of megabytes, of which only the wanted rows are ever held.
struct Embeddings<'a>(&'a dyn Fn(&str) -> bool);

impl<'de> DeserializeSeed<'de> for Embeddings<'_> {
    type Value = HashMap<String, Vec<f32>>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Embeddings<'_> {
    type Value = HashMap<String, Vec<f32>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object with `dimensions` before `vectors`")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut dimensions = None;
        let mut vectors = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "dimensions" => dimensions = Some(map.next_value()?),
                "vectors" => {
                    let dimensions =
                        dimensions.ok_or_else(|| A::Error::missing_field("dimensions"))?;
                    vectors = Some(map.next_value_seed(Rows { wanted: self.0, dimensions })?);
                }
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        vectors.ok_or_else(|| A::Error::missing_field("vectors"))
    }
}

struct Rows<'a> {
    wanted: &'a dyn Fn(&str) -> bool,
    dimensions: usize,
}

impl<'de> DeserializeSeed<'de> for Rows<'_> {
    type Value = HashMap<String, Vec<f32>>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_> {
    type Value = HashMap<String, Vec<f32>>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an object of arrays")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut rows = HashMap::new();
        while let Some(word) = map.next_key::<String>()? {
            if (self.wanted)(&word) {
                rows.insert(word, map.next_value_seed(Row(self.dimensions))?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(rows)
    }
}

/// The first numbers of an array.
struct Row(usize);

impl<'de> DeserializeSeed<'de> for Row {
    type Value = Vec<f32>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Row {
    type Value = Vec<f32>;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "at least {} numbers", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut row = Vec::with_capacity(self.0);
        while row.len() < self.0 {
            let x = seq.next_element()?;
            row.push(x.ok_or_else(|| A::Error::invalid_length(row.len(), &self))?);
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(row)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers in -1..1 that look random and are the same on every run.
    fn noise() -> impl FnMut() -> f32 {
        let mut state = 1_u32;
        move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / (1 << 23) as f32 - 1.0
        }
    }

    /// Clusters of ten vectors in 12 dimensions: all share a long common part, which hides the clusters.
    fn clusters(count: usize) -> Vec<Option<Vec<f32>>> {
        let mut noise = noise();
        let mut vectors = Vec::new();
        for _ in 0..count {
            let centre: Vec<f32> = (0..12).map(|_| noise()).collect();
            for _ in 0..10 {
                let (common, second) = (40.0 * noise(), 20.0 * noise());
                let mut vector: Vec<f32> = centre.iter().map(|x| x + 0.05 * noise()).collect();
                vector[0] += 9.0 + common;
                vector[1] += second;
                vectors.push(Some(vector));
            }
        }
        vectors
    }

    fn dot(a: &[i8], b: &[i8]) -> i32 {
        a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
    }

    #[test]
    fn orthogonal_axes_lose_the_two_widest_and_keep_the_next() {
        let spread = [2.0, 16.0, 1.0, 8.0, 4.0];
        let vectors: Vec<Option<Vec<f32>>> = (0..10)
            .map(|i| {
                let mut vector = vec![3.0; 5];
                vector[i / 2] += if i % 2 == 0 { spread[i / 2] } else { -spread[i / 2] };
                Some(vector)
            })
            .collect();
        let reduced = reduce(&vectors, 2);
        // The widest axes are 1 and 3; then come 4 and 0; 2 is beyond the dimensions asked for.
        let along = |axis: usize| [reduced[2 * axis].as_deref(), reduced[2 * axis + 1].as_deref()];
        assert_eq!(along(4), [Some(&[127, 0][..]), Some(&[-127, 0][..])]);
        assert_eq!(along(0), [Some(&[0, 127][..]), Some(&[0, -127][..])]);
        for axis in [1, 2, 3] {
            assert_eq!(along(axis), [None, None]);
        }
    }

    #[test]
    fn components_are_orthonormal_and_diagonalise_the_matrix() {
        let vectors = clusters(7);
        let matrix = covariance(&vectors, &mean(&vectors));
        let components = principal_components(matrix.clone());
        let times = |axis: &[f64]| -> Vec<f64> {
            matrix.iter().map(|row| row.iter().zip(axis).map(|(m, x)| m * x).sum()).collect()
        };
        let product = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        let mut before = f64::INFINITY;
        for (i, axis) in components.iter().enumerate() {
            let image = times(axis);
            let eigenvalue = product(axis, &image);
            assert!(eigenvalue <= before);
            before = eigenvalue;
            for (j, other) in components.iter().enumerate() {
                assert!((product(axis, other) - f64::from(i == j)).abs() < 1e-9);
                assert!(i == j || product(other, &image).abs() < 1e-6 * matrix[0][0]);
            }
        }
    }

    #[test]
    fn lengths_are_all_but_equal_and_the_absent_stays_absent() {
        let mut vectors = clusters(9);
        vectors.insert(4, None);
        let reduced = reduce(&vectors, 8);
        assert_eq!(reduced.len(), 91);
        assert_eq!(reduced[4], None);
        assert_eq!(reduced.iter().flatten().count(), 90);
        for vector in reduced.iter().flatten() {
            assert_eq!(vector.len(), 8);
            let length = f64::from(dot(vector, vector)).sqrt();
            assert!((124.0..=130.0).contains(&length), "{length}");
        }
    }

    #[test]
    fn the_same_vectors_give_the_same_bytes() {
        assert_eq!(reduce(&clusters(9), 8), reduce(&clusters(9), 8));
    }

    #[test]
    fn neighbours_come_from_the_same_cluster() {
        let reduced = reduce(&clusters(9), 8);
        let nearest = |i: usize| {
            let vector = reduced[i].as_deref().expect("every vector has a direction");
            (0..reduced.len())
                .filter(|&j| j != i)
                .max_by_key(|&j| dot(vector, reduced[j].as_deref().expect("as above")))
        };
        for i in 0..reduced.len() {
            assert_eq!(nearest(i).map(|j| j / 10), Some(i / 10), "{i}");
        }
    }

    #[test]
    fn no_vectors_give_no_vectors() {
        assert_eq!(reduce(&[None, None], 8), [None, None]);
    }

    #[test]
    fn of_the_file_only_the_coordinates_of_wanted_words_are_kept() {
        let json = br#"{"precision":8,"dimensions":2,"words":["harbour","quay"],
            "vectors":{"harbour":[0.5,-1,1.118,0],"quay":[0.25,2,2.0156,1]},"unkVector":[0,0,0,-1]}"#;
        let vectors = parse(&json[..], &|word| word == "quay").expect("a whole file");
        assert_eq!(vectors, HashMap::from([("quay".to_owned(), vec![0.25, 2.0])]));
    }

    #[test]
    fn a_short_row_and_missing_dimensions_are_errors() {
        for json in [
            r#"{"dimensions":3,"vectors":{"quay":[0.25,2]}}"#,
            r#"{"vectors":{"quay":[0.25,2]},"dimensions":2}"#,
            r#"{"dimensions":2}"#,
        ] {
            assert!(parse(json.as_bytes(), &|_| true).is_err(), "{json}");
        }
    }
}
