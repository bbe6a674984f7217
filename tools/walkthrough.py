"""Film how a client is created, for the help: `python -m tools.walkthrough URL EMAIL PASSWORD`.

URL is a running Comptoir with the demonstration company. Chromium takes the pictures, moves the pointer
over them and writes the film: nothing else is needed. One film for each language of the pages.
"""

import base64
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools import chromium

INTO = Path(__file__).parents[1] / "src" / "comptoir" / "office" / "static" / "office" / "help"
WIDTH, HEIGHT = 1280, 800
SAYS = {
    "fr": (
        "Clients, puis « Nouveau client »",
        "Un nom suffit ; tout le reste est facultatif",
        "Les contacts reçoivent les documents",
        "Enregistrer",
        "Le client a son numéro, et tout part de sa page",
    ),
    "en": (
        "Clients, then “New client”",
        "A name is enough; all the rest is optional",
        "Contacts receive the documents",
        "Save",
        "The client has its number, and all starts from its page",
    ),
}
FILM = """async ({ scenes, width, height }) => {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const ink = canvas.getContext("2d");
  const stills = [];
  for (const scene of scenes) {
    const still = new Image();
    still.src = `data:image/png;base64,${scene.still}`;
    await still.decode();
    stills.push(still);
  }
  const kind = { mimeType: "video/webm;codecs=vp9", videoBitsPerSecond: 420_000 };
  const recorder = new MediaRecorder(canvas.captureStream(24), kind);
  const parts = [];
  recorder.ondataavailable = (event) => parts.push(event.data);
  let from = [width / 2, height / 2];
  const draw = (n, at, press) => {
    ink.drawImage(stills[n], 0, 0, width, height);
    const text = scenes[n].text;
    ink.font = "600 22px Inter, sans-serif";
    const long = ink.measureText(text).width + 48;
    ink.fillStyle = "rgba(22, 26, 35, 0.92)";
    ink.beginPath();
    ink.roundRect((width - long) / 2, height - 78, long, 50, 25);
    ink.fill();
    ink.fillStyle = "#fff";
    ink.textAlign = "center";
    ink.fillText(text, width / 2, height - 46);
    if (press) {
      ink.strokeStyle = "rgba(49, 84, 220, 0.8)";
      ink.lineWidth = 4;
      ink.beginPath();
      ink.arc(at[0], at[1], 8 + press * 16, 0, 7);
      ink.stroke();
    }
    ink.save();
    ink.translate(at[0], at[1]);
    ink.beginPath();
    for (const [x, y] of [[0, 0], [0, 20], [5, 16], [9, 24], [12, 22], [8, 15], [15, 15]]) ink.lineTo(x, y);
    ink.closePath();
    ink.fillStyle = "#fff";
    ink.strokeStyle = "#161a23";
    ink.lineWidth = 1.5;
    ink.fill();
    ink.stroke();
    ink.restore();
  };
  recorder.start();
  for (let n = 0; n < scenes.length; n += 1) {
    const to = scenes[n].at ?? from;
    const start = performance.now();
    const { seconds } = scenes[n];
    const move = Math.min(0.7, seconds * 0.6);
    for (;;) {
      const now = (performance.now() - start) / 1000;
      if (now > seconds) break;
      const share = Math.min(1, now / move);
      const eased = share * share * (3 - 2 * share);
      const press = scenes[n].press && now > seconds - 0.3 ? (now - seconds + 0.3) / 0.3 : 0;
      draw(n, [from[0] + (to[0] - from[0]) * eased, from[1] + (to[1] - from[1]) * eased], press);
      await new Promise(requestAnimationFrame);
    }
    from = to;
  }
  recorder.stop();
  await new Promise((done) => { recorder.onstop = done; });
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let letters = "";
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters);
}"""


@dataclass
class Scene:
    """A still, the words below it, where the pointer goes, and for how long."""

    still: str
    text: str
    at: tuple[float, float] | None
    seconds: float
    press: bool = False


class Camera:
    """Takes the scenes of one page, in order."""

    def __init__(self, page: Page, says: tuple[str, ...]) -> None:
        self.page, self.says, self.scenes = page, says, list[Scene]()

    def shoot(self, said: int, seconds: float, on: str = "", *, press: bool = False) -> None:
        at = None
        if on and (box := self.page.locator(on).first.bounding_box()):
            at = (box["x"] + min(box["width"] / 2, 160), box["y"] + box["height"] / 2)
        still = base64.b64encode(self.page.screenshot()).decode()
        self.scenes.append(Scene(still, self.says[said], at, seconds, press))

    def click(self, said: int, on: str) -> None:
        self.page.locator(on).first.scroll_into_view_if_needed()
        self.shoot(said, 1.4, on, press=True)
        self.page.locator(on).first.click()
        self.page.wait_for_load_state("networkidle")

    def type(self, said: int, on: str, text: str) -> None:
        self.page.locator(on).first.scroll_into_view_if_needed()
        self.shoot(said, 0.9, on, press=True)
        field = self.page.locator(on).first
        for end in range(3, len(text) + 3, 3):
            field.fill(text[:end])
            self.shoot(said, 0.14)


def story(camera: Camera) -> None:
    """The way of a person, by the addresses and names of fields, which are the same in every language."""
    camera.page.goto("/clients")
    camera.shoot(0, 1.6)
    camera.click(0, "main a[href$='/clients/new']")
    camera.type(1, "#id-name", "Brasserie du Marché")
    camera.type(2, "#id-contacts-0-first_name", "Jeanne")
    camera.type(2, "#id-contacts-0-last_name", "Roux")
    camera.type(2, "#id-contacts-0-email", "jeanne@marche.example")
    camera.click(3, ".save-bar .btn-primary, .page-actions .btn-primary")
    camera.shoot(4, 3.2)


def film(browser: Browser, url: str, email: str, password: str, language: str) -> bytes:
    """Sign in, live the story in one language, and make the film of it."""
    size = {"width": WIDTH, "height": HEIGHT}
    context = browser.new_context(base_url=url, viewport=size, locale=language)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_load_state("networkidle")
    page.goto("/me")
    page.locator("[name=language]").select_option(language)
    page.locator("[name=language]").press("Control+s")
    page.wait_for_load_state("networkidle")
    camera = Camera(page, SAYS[language])
    story(camera)
    sheet = browser.new_page()
    given = {"scenes": [asdict(scene) for scene in camera.scenes], "width": WIDTH, "height": HEIGHT}
    return base64.b64decode(sheet.evaluate(FILM, given))


def main(url: str, email: str, password: str) -> None:
    INTO.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.found(), args=["--no-sandbox"])
        for language in SAYS:
            path = INTO / f"client.{language}.webm"
            path.write_bytes(film(browser, url, email, password, language))
            print(f"{path.name}: {path.stat().st_size // 1024} KB")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:4])
