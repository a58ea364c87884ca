#!/usr/bin/env python3
"""Opens pages that the program makes of hostile inputs in headless Chromium: nothing in them may run, load, navigate or command.

    python3 tests/browser.py target/release/demarche [CHROMIUM]

First a page with the same attacks as they are, so that it is known that they would be seen.
"""
import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

RUN = "window.gone=1;document.title='gone';void 0"
ATTACKS = [
    f"<script>{RUN}</script>",
    f"</title></style></svg></script><script>{RUN}</script>",
    f"<img src=x onerror=\"{RUN}\">",
    f"\"><svg/onload={RUN}>",
    f"' autofocus tabindex=0 onfocus=\"{RUN}\" x='",
    f"<a href=\"javascript:{RUN}\">a link</a> javascript:{RUN}",
    f"<iframe srcdoc=\"<script>parent.gone=1</script>\"></iframe>",
    f"<style>@import url(http://127.0.0.1:9/x.css);</style><link rel=stylesheet href=http://127.0.0.1:9/y.css>",
    f"<meta http-equiv=refresh content=\"0;url=http://127.0.0.1:9/\"><base href=http://127.0.0.1:9/>",
    f"<form action=http://127.0.0.1:9/><button autofocus>ok</button></form>",
    f"{{{{constructor.constructor('{RUN}')()}}}} ${{{RUN}}} --> ]]> \u2028{RUN}",
    "\u202egnp.exe\u202c and \u2067more \u202eoverridden without an end",
    f"&lt;script&gt;{RUN}&lt;/script&gt; &#60;b&#62; %3Cscript%3E",
]
# File names hold neither "/" nor NUL.
NAMES = [f"<script>{RUN}<!--.txt", f"\" onload=\"{RUN}\" x=\".txt", "a\u202etxt.exe.txt", "javascript:alert(1).txt"]

# What the page itself can be asked: elements and attributes that are code, and overrides that reach other text.
PROBE = r"""(() => {
  const bad = [];
  if (window.gone || document.title === 'gone') bad.push('a script ran');
  for (const e of document.querySelectorAll('*')) {
    if (/^(script|img|iframe|object|embed|base|form|link|blink|svg:script)$/i.test(e.tagName)) bad.push('<' + e.tagName + '>');
    if (e.tagName === 'META' && /refresh/i.test(e.httpEquiv)) bad.push('a refresh');
    for (const a of e.attributes) {
      if (/^on/i.test(a.name)) bad.push('the attribute ' + a.name);
      if (/href|src|action/i.test(a.name) && !/^#/.test(a.value)) bad.push(a.name + '=' + a.value);
    }
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/[\u202a-\u202e\u2066-\u2069]/.test(node.data)) continue;
    let e = node.parentElement;
    const inline = s => /^inline$|^contents$/.test(s.display) && !/isolate|plaintext/.test(s.unicodeBidi);
    while (e && inline(getComputedStyle(e))) e = e.parentElement;
    const own = node.data.trim();
    // A block ends every override, so that one alone in it is harmless.
    if (e && !/^inline/.test(getComputedStyle(e).display) && e.textContent.trim() !== own && !/^(script|style|title)$/i.test(e.tagName))
      bad.push('an override reaches beyond ' + JSON.stringify(own.slice(0, 60)) + ' in <' + e.tagName + '>');
  }
  return bad;
})()"""
# As a reader would, everywhere at once.
TOUCH = """for (const e of document.querySelectorAll('*')) {
  for (const kind of ['mouseover', 'mouseenter', 'pointerdown', 'keydown', 'toggle'])
    e.dispatchEvent(new Event(kind, {bubbles: true}));
  if (e.focus) e.focus();
  if (e.click) e.click();
}"""


class Browser:
    """Chromium, asked through a pipe."""

    def __init__(self, chromium, profile):
        to_read, self.to = os.pipe()
        self.back, to_write = os.pipe()
        options = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", f"--user-data-dir={profile}"]

        def place():
            # Chromium reads from descriptor 3 and writes to 4.
            spare = os.dup2(to_write, 20)
            os.dup2(to_read, 3)
            os.dup2(spare, 4)

        self.process = subprocess.Popen(
            [chromium, *options, "--remote-debugging-pipe", "about:blank"], preexec_fn=place, pass_fds=(3, 4, to_read, to_write),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read)
        os.close(to_write)
        self.left, self.number, self.events = b"", 0, []

    def message(self):
        while b"\0" not in self.left:
            piece = os.read(self.back, 1 << 16)
            if not piece:
                sys.exit("the browser ended")
            self.left += piece
        line, self.left = self.left.split(b"\0", 1)
        return json.loads(line)

    def ask(self, method, session=None, **params):
        self.number += 1
        asked = {"id": self.number, "method": method, "params": params} | ({"sessionId": session} if session else {})
        os.write(self.to, json.dumps(asked).encode() + b"\0")
        while True:
            got = self.message()
            if got.get("id") == self.number:
                return got.get("result", got)
            self.note(got)

    def note(self, got):
        self.events.append(got)
        if got.get("method") == "Page.javascriptDialogOpening":
            self.number += 1
            closing = {"id": self.number, "method": "Page.handleJavaScriptDialog", "params": {"accept": True}}
            os.write(self.to, json.dumps(closing | {"sessionId": got["sessionId"]}).encode() + b"\0")

    def findings(self, page):
        """What is wrong with a page: events, elements, attributes."""
        self.events = []
        target = self.ask("Target.createTarget", url="about:blank")["targetId"]
        session = self.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for room in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{room}.enable", session)
        url = page.as_uri()
        self.ask("Page.navigate", session, url=url)
        is_read = f"location.href === {json.dumps(url)} && document.readyState === 'complete'"
        while not self.ask("Runtime.evaluate", session, expression=is_read)["result"].get("value"):
            time.sleep(0.05)
        self.ask("Runtime.evaluate", session, expression=TOUCH)
        self.ask("Runtime.evaluate", session, expression="new Promise(r => setTimeout(r, 300))", awaitPromise=True)
        result = self.ask("Runtime.evaluate", session, expression=PROBE, returnByValue=True)
        bad = list(result.get("result", {}).get("value") or [])
        if "value" not in result.get("result", {}):
            bad.append(f"the page could not be asked: {result}")
        for event in self.events:
            method, params = event.get("method"), event.get("params", {})
            if method == "Page.javascriptDialogOpening":
                bad.append("a dialog")
            elif method == "Network.requestWillBeSent" and params["request"]["url"].split("#")[0] != url:
                bad.append(f"a request for {params['request']['url'][:80]}")
            elif method == "Log.entryAdded" and params["entry"]["source"] == "security":
                bad.append(f"stopped by the content security policy alone: {params['entry']['text'][:120]}")
        self.ask("Target.closeTarget", targetId=target)
        return sorted(set(bad))

    def close(self):
        self.ask("Browser.close")
        self.process.wait(20)


def pages(program, folder):
    """Pages of every kind that the program makes."""
    text = "".join(f"{a} President {a} agreed to talks, said {a}.\n\n“{a} We refuse,” said Ada Quill of {a}.\n\n" for a in ATTACKS)
    articles = folder / "articles"
    articles.mkdir()
    for number, name in enumerate(NAMES):
        (articles / name).write_text(f"{ATTACKS[number]} Talks open\n\nBy {ATTACKS[0]}\n\nMay {number + 1}, 2026\n\n{text}")
    (articles / "page.html").write_text(
        f"<title>{ATTACKS[1]}</title><article><h1>{ATTACKS[2]}</h1>" + "".join(f"<p>{a} They agreed.</p>" for a in ATTACKS)
        + "".join(f"<p>{a.replace('&', '&amp;').replace('<', '&lt;')} They agreed to talks.</p>" for a in ATTACKS) + "</article>")
    with (folder / "t.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "text", "stance", f"<script>{RUN}</script>", "\u202egroup"])
        for number in range(6 * len(ATTACKS)):
            attack = ATTACKS[number % len(ATTACKS)]
            label = ["favor", "against", "neutral"][number % 3]
            rows.writerow([f"{attack}{number}", f"{attack} They agreed {number}.", label, attack, attack])
    with (folder / "own.csv").open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["text", "kind"])
        rows.writerows([f"{a} word{n}", a] for n, a in enumerate(ATTACKS) for _ in range(4))
    model = folder / f"{NAMES[0]}.model"
    runs = {
        "article": ["classify", articles / NAMES[0], "--format", "html"],
        "articles": ["classify", articles, "--format", "html"],
        "own labels": ["classify", articles, "--model", model, "--format", "html"],
        "evaluation": ["evaluate", "t.csv", "--model", "stance", "--by", f"<script>{RUN}</script>", "--by", "\u202egroup",
                       "--errors", "20", "--format", "html"],
        "own evaluation": ["evaluate", "own.csv", "--model", model, "--label", "kind", "--errors", "20", "--format", "html"],
        "benchmark": ["benchmark", "t.csv", "--no-cache", "--folds", "2", "--repeats", "1", "--format", "html"],
    }
    subprocess.run([program, "train", "own.csv", "--label", "kind", "--features", "words-1", "-o", model], cwd=folder, check=True,
                   capture_output=True)
    for name, args in runs.items():
        page = folder / f"{name}.html"
        ran = subprocess.run([program, *args, "-o", page], cwd=folder, capture_output=True, text=True, check=False)
        if ran.returncode != 0:
            sys.exit(f"{name}: {ran.stderr}")
        yield name, page


def main():
    program = os.path.abspath(sys.argv[1])
    chromium = sys.argv[2] if len(sys.argv) > 2 else shutil.which("chromium") or shutil.which("chromium-browser")
    if not chromium:
        sys.exit("no chromium")
    # A browser that hangs ends the test: it takes a quarter of a minute.
    signal.alarm(600)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        folder = Path(folder)
        browser = Browser(chromium, folder / "profile")
        control = folder / "control.html"
        # Those that would lead away from the page are left out.
        staying = [attack for attack in ATTACKS if "<meta" not in attack and "<form" not in attack]
        control.write_text("<!DOCTYPE html><meta charset=utf-8><p>" + " <b>end</b></p><p>".join(staying))
        seen = browser.findings(control)
        for expected in ("a script ran", "a request for", "the attribute onerror", "an override reaches"):
            if not any(finding.startswith(expected) for finding in seen):
                sys.exit(f"the attacks as they are were not seen: {expected!r} is missing in {seen}")
        bad = False
        for name, page in pages(program, folder):
            findings = browser.findings(page)
            print(f"{name}: {findings or 'nothing runs, loads or navigates'}")
            bad |= bool(findings)
        browser.close()
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
