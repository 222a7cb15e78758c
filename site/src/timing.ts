// How long marks take, as user timing: `unspin:marks` for each result, from the first change that it is the answer to,
// and `unspin:first` at the first findings of all. Whoever wants to know observes them; nothing keeps them here.

export class Timing {
  private waiting: number | undefined;
  private open: number | undefined;
  private isFirst = true;

  /** The text changed. */
  written(): void {
    this.waiting ??= performance.now();
  }

  /** What was written so far is being checked. */
  asked(): void {
    this.open = this.waiting;
    this.waiting = undefined;
  }

  /** So many findings are in place. */
  shown(findings: number): void {
    if (this.open !== undefined) performance.measure("unspin:marks", { start: this.open });
    this.open = undefined;
    performance.clearMeasures("unspin:marks");
    if (this.isFirst && findings > 0) {
      this.isFirst = false;
      performance.mark("unspin:first");
    }
  }
}
