// Reads QR codes from the camera and from pictures: with the browser's own detector where it has one, else with jsQR, fetched when needed.
window.DeskReader = (() => {
  const WIDEST = 1400;
  let detector, fallback;

  const load = (address) => fallback ||= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.jsQR);
    script.onerror = () => { fallback = undefined; reject(new Error("jsQR")); };
    document.head.append(script);
  });
  const own = async () => {
    if (detector !== undefined) return detector;
    try {
      const kinds = window.BarcodeDetector ? await BarcodeDetector.getSupportedFormats() : [];
      detector = kinds.includes("qr_code") ? new BarcodeDetector({ formats: ["qr_code"] }) : null;
    } catch { detector = null; }
    return detector;
  };
  const drawn = (source, width, height, most) => {
    const scale = Math.min(1, most / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(source, 0, 0, canvas.width, canvas.height);
    return { canvas, pixels: () => pen.getImageData(0, 0, canvas.width, canvas.height) };
  };
  const decode = async (source, width, height, address, sizes) => {
    const fast = await own();
    for (const most of sizes) {
      const image = drawn(source, width, height, most);
      if (fast) {
        const [code] = await fast.detect(image.canvas);
        if (code) return code.rawValue;
      } else {
        const jsQR = await load(address), pixels = image.pixels();
        const code = jsQR(pixels.data, pixels.width, pixels.height);
        if (code) return code.data;
      }
    }
    return null;
  };

  // A sheet of badges is read in parts, because the fallback finds no code where it sees the corners of several.
  const PARTS = [2, 3];
  const inParts = async (image, address) => {
    for (const count of PARTS) {
      const codes = new Set(), width = Math.ceil(image.width / count), height = Math.ceil(image.height / count);
      for (let at = 0; at < count * count; at += 1) {
        const part = await createImageBitmap(image, (at % count) * width, Math.floor(at / count) * height, width, height);
        try {
          const code = await decode(part, part.width, part.height, address, [WIDEST, 600]);
          if (code) codes.add(code);
        } finally { part.close(); }
      }
      if (codes.size) return [...codes];
    }
    return [];
  };
  // Every code found, so that a picture of several badges lets in nobody by chance.
  const picture = async (file, address) => {
    const image = await createImageBitmap(file);
    try {
      const parts = await inParts(image, address);
      if (parts.length > 1) return parts;
      const code = await decode(image, image.width, image.height, address, [WIDEST, 800, 400]);
      return code ? [code] : parts;
    } finally { image.close(); }
  };

  let stream, running = false;
  const stop = (video) => {
    running = false;
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    video.srcObject = null;
    video.hidden = true;
  };
  const start = async (video, address, found) => {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    running = true;
    let last = "", lastAt = 0;
    const look = async () => {
      if (!running) return;
      if (video.videoWidth) {
        const code = await decode(video, video.videoWidth, video.videoHeight, address, [640]).catch(() => null);
        // The same badge held before the camera is one scan.
        if (code && (code !== last || Date.now() - lastAt > 4000)) { last = code; await found(code); }
        if (code) lastAt = Date.now();
      }
      setTimeout(look, 120);
    };
    look();
  };
  return { picture, start, stop };
})();
