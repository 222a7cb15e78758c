/** Which rules the findings of a file come from. */

/** As much of VS Code's diagnostic as is read here. */
interface Finding {
  source?: string | undefined;
  code?: string | number | { value: string | number } | undefined;
}

/** The rules of unspin among findings, the most frequent first, then by name. The verdict is no rule. */
export function rulesIn(findings: readonly Finding[]): { rule: string; findings: number }[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const code = typeof finding.code === "object" ? finding.code.value : finding.code;
    if (finding.source === "unspin" && typeof code === "string" && code !== "verdict") {
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([rule, count]) => ({ rule, findings: count }))
    .sort((a, b) => b.findings - a.findings || a.rule.localeCompare(b.rule));
}
