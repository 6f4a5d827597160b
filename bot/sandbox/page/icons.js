// The few drawn icons of the page: outlines on a 20 × 20 grid.

const PATHS = {
  bell: [
    "M10 2.8v1.2M10 4a4.3 4.3 0 0 1 4.3 4.3c0 3 .8 4.2 1.6 5H4.1c.8-.8 1.6-2 1.6-5A4.3 4.3 0 0 1 10 4Z",
    "M8.3 15.6a1.8 1.8 0 0 0 3.4 0",
  ],
  bolt: ["M11.2 2.5 4.5 11.3h4.8l-.7 6.2 6.9-8.9h-4.9z"],
  bookmark: ["M5.5 3h9v14L10 13.3 5.5 17z"],
  chevron: ["m6 8 4 4 4-4"],
  clock: ["M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14Z", "M10 6.2V10l2.6 1.7"],
  close: ["m5 5 10 10M15 5 5 15"],
  check: ["m4.5 10.5 3.7 3.7 7.3-8.2"],
  dots: ["M4.5 10h.01M10 10h.01M15.5 10h.01"],
  eye: ["M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5Z", "M10 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4Z"],
  hash: ["M8 3 6.5 17M13.5 3 12 17M3.5 7.5h13.5M3 12.5h13.5"],
  home: ["M3 9.5 10 3.5l7 6", "M5 8.5V16.5h10V8.5", "M8.3 16.5v-4.5h3.4v4.5"],
  link: [
    "M8.5 11.5a3 3 0 0 0 4.3 0l2.6-2.6a3 3 0 0 0-4.3-4.3L10 5.7",
    "M11.5 8.5a3 3 0 0 0-4.3 0l-2.6 2.6a3 3 0 0 0 4.3 4.3L10 14.3",
  ],
  lock: ["M5 9h10v7.5H5z", "M7 9V6.5a3 3 0 0 1 6 0V9"],
  menu: ["M3.5 5.5h13M3.5 10h13M3.5 14.5h13"],
  moon: ["M16 11.5A6.5 6.5 0 0 1 8.5 4a6.5 6.5 0 1 0 7.5 7.5Z"],
  next: ["M4 5v10l6-5zM11 5v10l6-5z"],
  out: ["M8 4H4v12h12v-4", "M11 4h5v5M16 4l-7 7"],
  pen: ["M4 16l.8-3.5 8.4-8.4 2.7 2.7-8.4 8.4z"],
  people: [
    "M7.5 4.5a2.7 2.7 0 1 1 0 5.4 2.7 2.7 0 0 1 0-5.4Z",
    "M2.5 16c0-3 2-4.5 5-4.5s5 1.5 5 4.5",
    "M12.5 5a2.4 2.4 0 0 1 0 4.6M14.5 12c2 .5 3 1.9 3 4",
  ],
  reply: ["M3.5 4.5h13v9h-6l-3.5 3v-3h-3.5z"],
  send: ["M3.5 3.5 17 10 3.5 16.5 5.5 10z", "M5.5 10H11"],
  smile: ["M9 3.5a6.5 6.5 0 1 0 7.5 6.5", "M7 11.5c1 2 4.5 2 5.5 0", "M7.5 8h.01M12 8h.01", "M15.5 2.5v5M13 5h5"],
  sun: [
    "M10 6.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Z",
    "M10 2v1.5M10 16.5V18M2 10h1.5M16.5 10H18M4.3 4.3l1.1 1.1M14.6 14.6l1.1 1.1M15.7 4.3l-1.1 1.1M5.4 14.6l-1.1 1.1",
  ],
  archive: ["M3 4.5h14v3.5H3z", "M4.5 8v8h11V8M8 11h4"],
  list: ["M8 5.5h8.5M8 10h8.5M8 14.5h8.5", "m3 5.5 1 1 1.7-2M3 10l1 1 1.7-2M3 14.5l1 1 1.7-2"],
};

export function icon(name, size = 18) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const attributes = {
    viewBox: "0 0 20 20",
    width: size,
    height: size,
    fill: "none",
    stroke: "currentColor",
    "stroke-width": name === "dots" ? 2.6 : 1.5,
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
    "aria-hidden": "true",
    class: `icon icon-${name}`,
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, String(value));
  for (const d of PATHS[name] ?? []) {
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
