// Work that follows what is written: one run at a time, and after it another where something changed meanwhile. So a
// newer text is never waited for longer than one check, and what was superseded is not checked at all.
export class Live {
  private isRunning = false;
  private isStale = false;

  constructor(private readonly run: () => Promise<void>) {}

  /** Something changed. */
  poke(): void {
    this.isStale = true;
    if (!this.isRunning) void this.loop();
  }

  private async loop(): Promise<void> {
    this.isRunning = true;
    try {
      while (this.isStale) {
        this.isStale = false;
        await this.run();
      }
    } finally {
      this.isRunning = false;
    }
  }
}
