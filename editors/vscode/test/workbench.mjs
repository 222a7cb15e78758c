// VS Code's window in a browser, as somebody at the keyboard uses it.

/** A page on which the workbench is up. Every wait fails by the page's own timeout. */
export class Workbench {
  /** The verdict in the status bar. */
  statusItem = '[id="unspin.unspin.unspin.verdict"]';

  constructor(page) {
    this.page = page;
  }

  /** Waits until an element's text matches. VS Code draws spaces as no-break spaces. */
  async says(selector, pattern) {
    await this.page.waitForFunction(
      ([where, source, flags]) =>
        [...document.querySelectorAll(where)].some((element) =>
          new RegExp(source, flags).test(element.textContent.replaceAll("\u00a0", " ")),
        ),
      [selector, pattern.source, pattern.flags],
    );
  }

  /** Waits for a message at the lower right, and presses one of its buttons or closes all messages. */
  async message(pattern, button) {
    await this.says(".notifications-toasts .notification-list-item-message", pattern);
    if (button === undefined) {
      await this.command("Notifications: Clear All Notifications");
    } else {
      await this.page.locator(".notifications-toasts").getByRole("button", { name: button }).first().click();
    }
  }

  status(pattern) {
    return this.says(this.statusItem, pattern);
  }

  /** Runs a command of the palette. */
  async command(title) {
    await this.choose("F1", `>${title}`, title);
  }

  /** Opens a file of the folder. */
  async open(name) {
    await this.choose("Control+p", name, name);
    await this.page.locator(".tab.active", { hasText: name }).first().waitFor();
  }

  /** Closes every editor. */
  async closeAll() {
    await this.page.keyboard.press("Control+k");
    await this.page.keyboard.press("Control+w");
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
  }

  /** Takes the first fix of the first finding whose title matches. */
  async quickFix(title) {
    await this.again(async () => {
      const { x, y, width, height } = await this.page.locator(".squiggly-error").first().boundingBox();
      await this.page.mouse.click(x + width / 2, y + height / 2);
      await this.page.keyboard.press("Control+.");
      await this.page.locator(".action-widget .action", { hasText: title }).first().click({ timeout: 5000 });
    });
  }

  /** Waits for a Markdown preview whose text matches. It stands in a frame within a frame. */
  async preview(pattern) {
    for (let tries = 0; tries < 60; tries++) {
      for (const frame of this.page.frames()) {
        const text = await frame.evaluate(() => document.body?.innerText ?? "").catch(() => "");
        if (frame !== this.page.mainFrame() && pattern.test(text)) {
          return;
        }
      }
      await this.page.waitForTimeout(500);
    }
    throw new Error(`no preview says ${pattern}`);
  }

  /** Answers a question at the top that has no choices. */
  async line(text) {
    await this.input.fill(text);
    await this.input.press("Enter");
  }

  /** Opens the list of choices at the top and takes the one that shows the text, once it is the first. */
  async choose(key, typed, text) {
    await this.again(async () => {
      await this.page.keyboard.press(key);
      await this.input.fill(typed, { timeout: 5000 });
      await this.take(text);
    });
  }

  /** Takes the first choice, once it is the one that shows the text. */
  async take(text) {
    const row = this.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
    await row.waitFor({ timeout: 5000 });
    await this.input.press("Enter", { timeout: 1000 });
  }

  /** Loads the window again. */
  async reload() {
    // By its own command, which first keeps what is open.
    const loaded = this.page.waitForEvent("load");
    await this.command("Developer: Reload Window");
    await loaded;
    await this.page.locator(".monaco-workbench").waitFor();
  }

  /** Does it up to five times: what takes the focus just then, such as a panel that has loaded, closes lists again. */
  async again(run) {
    for (let tries = 1; ; tries++) {
      try {
        await run();
        return;
      } catch (error) {
        if (tries === 5) {
          throw error;
        }
        await this.page.keyboard.press("Escape");
      }
    }
  }

  get input() {
    return this.page.locator(".quick-input-widget input.input").first();
  }
}
