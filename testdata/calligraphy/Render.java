import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import javax.imageio.ImageIO;

/**
 * Renders a set of brush characters as gray PNG files, black on white, in one folder a character.
 * Every image is a function of (seed, character, style, number), whatever else is rendered with it.
 */
record Render(Path out, int size, int perStyle, long seed) {
  /** All eight fonts have these; {@code --characters} takes the first of them. */
  private static final String CHARACTERS =
      "永之人大小天地山水火木金土日月星雲雨風花草竹石田中上下左右東西南北春夏秋冬年時今古生心手目口耳足身力文字書筆墨"
          + "紙道仁義智信孝友愛和平安福喜龍虎馬牛羊鳥魚白青赤玉門家王士女子父母兄弟一二三四五六七八九十";

  private static final String USAGE =
      """
      usage: render --out DIR [options]
        --out DIR         where to: a new or empty directory
        --characters N    the first N of the 100 characters (default 100)
        --styles A,B,...  which fonts (default all): %s
        --per-style M     images of each character in each style (default 50)
        --size PIXELS     height and width, 16 to 1024 (default 128)
        --seed SEED       a whole number (default 42)
        --help            this text
      """;

  /**
   * A font.
   *
   * @param face which one of the file's
   * @param thinner the most that is taken off its strokes, in 1/128 of the image
   * @param thicker the most that is added to its strokes, in 1/128 of the image
   */
  private record Style(String name, String file, int face, double thinner, double thicker) {}

  private static final List<Style> STYLES =
      List.of(
          new Style("kouzan", "kouzan-mouhitsu/kouzan-mouhitsu.ttf", 0, 1.6, 1.6),
          new Style("gyosho", "kouzan-mouhitsu/kouzan-mouhitsu-gyosho.ttf", 0, 1.6, 0.8),
          new Style("sosho", "kouzan-mouhitsu/KouzanBrushFontSousyo.ttf", 0, 0.8, 2),
          new Style("aoyagi", "aoyagi-kouzan-t/AoyagiKouzanT.ttf", 0, 1.2, 2),
          new Style("ukai", "arphic/ukai.ttc", 2, 0.4, 2.8),
          new Style("twkai", "cns11643/TW-Kai-98_1.ttf", 0, 0.4, 2.8),
          new Style("cwkai", "cwtex/cwkai.ttf", 0, 0.4, 2.8),
          new Style("cwfs", "cwtex/cwfs.ttf", 0, 0, 3.2));

  private static final List<String> ALL_STYLES = STYLES.stream().map(Style::name).toList();
  private static final long MOST = 999_999_999_999_999_999L;
  private static final Path FONTS = Path.of("/usr/share/fonts/truetype");

  /** The part of the image's edge that a style's median character fills before jitter. */
  private static final double FILL = 0.76;

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.printf(USAGE, String.join(",", ALL_STYLES));
      return;
    }
    try {
      run(options(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("render: " + e.getMessage() + "; --help tells more");
      System.exit(2);
    } catch (IOException | FontFormatException e) {
      System.err.println("render: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Map<String, String> options) throws IOException, FontFormatException {
    int[] characters =
        CHARACTERS.codePoints().limit(whole(options, "characters", 1, 100)).toArray();
    int perStyle = (int) whole(options, "per-style", 1, 1000);
    int size = (int) whole(options, "size", 16, 1024);
    long seed = whole(options, "seed", -MOST, MOST);
    List<String> wanted = List.of(options.get("styles").split(",", -1));
    if (options.get("out").isEmpty()) {
      throw new IllegalArgumentException("--out is missing");
    }
    if (!ALL_STYLES.containsAll(wanted)) {
      throw new IllegalArgumentException("not all of these are styles: " + wanted);
    }
    Path out = Path.of(options.get("out"));
    String[] there = out.toFile().list();
    if (Files.exists(out) && (there == null || there.length > 0)) {
      throw new IOException(out + " exists and is no empty directory; name another --out");
    }
    List<Glyphs> styles = new ArrayList<>();
    for (Style style : STYLES) {
      if (wanted.contains(style.name())) {
        styles.add(Glyphs.of(style));
      }
    }
    new Render(out, size, perStyle, seed).all(characters, styles);
  }

  private static Map<String, String> options(String[] arguments) {
    Map<String, String> options =
        new HashMap<>(Map.of("characters", "100", "per-style", "50", "size", "128", "seed", "42"));
    options.putAll(Map.of("styles", String.join(",", ALL_STYLES), "out", ""));
    for (int i = 0; i < arguments.length; i += 2) {
      String name = arguments[i].replaceFirst("^--", "");
      if (!options.containsKey(name) || i + 1 == arguments.length) {
        throw new IllegalArgumentException("unknown option or no value: " + arguments[i]);
      }
      options.put(name, arguments[i + 1]);
    }
    return options;
  }

  private static long whole(Map<String, String> options, String name, long low, long high) {
    String text = options.get(name);
    if (text.matches("-?\\d{1,18}")
        && Long.parseLong(text) >= low
        && Long.parseLong(text) <= high) {
      return Long.parseLong(text);
    }
    throw new IllegalArgumentException(
        "--%s must be a whole number from %d to %d, found %s".formatted(name, low, high, text));
  }

  /** A font's outlines, and the scale that makes it as large as the others. */
  private record Glyphs(Font font, Style style, double extent) {
    // Glyphs are taken large and scaled: nothing is rounded to the pixels of small ones.
    private static final float EM = 1000;
    private static final FontRenderContext EXACT = new FontRenderContext(null, true, true);

    static Glyphs of(Style style) throws IOException, FontFormatException {
      Font font =
          Font.createFonts(FONTS.resolve(style.file()).toFile())[style.face()].deriveFont(EM);
      Glyphs unscaled = new Glyphs(font, style, 1);
      double[] extents =
          CHARACTERS
              .codePoints()
              .mapToObj(unscaled::outline)
              .map(Shape::getBounds2D)
              .mapToDouble(ink -> Math.max(ink.getWidth(), ink.getHeight()))
              .filter(extent -> extent > 0)
              .sorted()
              .toArray();
      return new Glyphs(font, style, extents[extents.length / 2]);
    }

    /** Empty, and then passed over, if the font lacks the character or has no ink for it. */
    Shape outline(int character) {
      return font.canDisplay(character)
          ? font.createGlyphVector(EXACT, Character.toString(character)).getOutline()
          : new Path2D.Double();
    }
  }

  private void all(int[] characters, List<Glyphs> styles) throws IOException {
    int images = 0;
    for (int i = 0; i < characters.length; i++) {
      Path folder = Files.createDirectories(out.resolve("U+%04X".formatted(characters[i])));
      for (Glyphs glyphs : styles) {
        Shape outline = glyphs.outline(characters[i]);
        for (int k = 0; k < perStyle && !outline.getBounds2D().isEmpty(); k++) {
          BufferedImage image = image(outline, glyphs, random(characters[i], glyphs.style(), k));
          ImageIO.write(
              image,
              "png",
              folder.resolve("%s-%03d.png".formatted(glyphs.style().name(), k)).toFile());
          images++;
        }
      }
      System.err.printf("%d of %d characters%n", i + 1, characters.length);
    }
    System.out.printf("%d images of %d characters in %s%n", images, characters.length, out);
  }

  private Random random(int character, Style style, int number) {
    long mixed = seed;
    for (long part : new long[] {character, style.name().hashCode(), number}) {
      mixed = (mixed ^ part) * 0x9E3779B97F4A7C15L;
      mixed ^= mixed >>> 29;
    }
    return new Random(mixed);
  }

  private BufferedImage image(Shape outline, Glyphs glyphs, Random random) {
    Shape shape = wobble(place(outline, glyphs, random), random);
    double weight =
        between(random, -glyphs.style().thinner(), glyphs.style().thicker()) * size / 128;

    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, size, size);
    pen.setColor(Color.BLACK);
    pen.fill(shape);
    // The outline's stroke lies half inside: black thickens the character, white thins it.
    pen.setColor(weight > 0 ? Color.BLACK : Color.WHITE);
    pen.setStroke(
        new BasicStroke((float) Math.abs(weight), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.draw(shape);
    pen.dispose();
    grain(image, random);
    return image;
  }

  /** Jitters size, slant and place, keeping all of the character inside. */
  private Shape place(Shape outline, Glyphs glyphs, Random random) {
    double scale = FILL * size / glyphs.extent() * between(random, 0.88, 1.08);
    double stretch = between(random, 0.94, 1.06);
    AffineTransform form = new AffineTransform();
    form.rotate(Math.toRadians(gaussian(random, 1.5)));
    form.shear(gaussian(random, 0.05), 0);
    form.scale(scale * stretch, scale / stretch);
    Shape formed = form.createTransformedShape(outline);
    Rectangle2D ink = formed.getBounds2D();
    double extent = Math.max(ink.getWidth(), ink.getHeight());
    double shrink = Math.min(1, 0.92 * size / extent);
    double most = Math.min((0.92 * size - shrink * extent) / 2, 0.03 * size);
    AffineTransform centre = new AffineTransform();
    centre.translate(size / 2.0, size / 2.0);
    centre.translate(between(random, -most, most), between(random, -most, most));
    centre.scale(shrink, shrink);
    centre.translate(-ink.getCenterX(), -ink.getCenterY());
    return centre.createTransformedShape(formed);
  }

  /** Moves the outline by two smooth random waves an axis: no hand makes a stroke twice. */
  private Shape wobble(Shape shape, Random random) {
    DoubleUnaryOperator[] waves = new DoubleUnaryOperator[4];
    for (int i = 0; i < waves.length; i++) {
      double height = between(random, 0, 0.007) * size;
      double frequency = 2 * Math.PI / (between(random, 0.25, 0.7) * size);
      double phase = between(random, 0, 2 * Math.PI);
      waves[i] = at -> height * StrictMath.sin(frequency * at + phase);
    }
    Path2D moved = new Path2D.Double(Path2D.WIND_NON_ZERO);
    double[] p = new double[6];
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(p);
      for (int k = 0; k < 6; k += 2) {
        double x = p[k];
        double y = p[k + 1];
        p[k] += waves[0].applyAsDouble(y) + waves[1].applyAsDouble(x + y);
        p[k + 1] += waves[2].applyAsDouble(x) + waves[3].applyAsDouble(x - y);
      }
      switch (kind) {
        case PathIterator.SEG_MOVETO -> moved.moveTo(p[0], p[1]);
        case PathIterator.SEG_LINETO -> moved.lineTo(p[0], p[1]);
        case PathIterator.SEG_QUADTO -> moved.quadTo(p[0], p[1], p[2], p[3]);
        case PathIterator.SEG_CUBICTO -> moved.curveTo(p[0], p[1], p[2], p[3], p[4], p[5]);
        default -> moved.closePath();
      }
    }
    return moved;
  }

  /** Ink of uneven darkness, with grain; the paper stays white. */
  private void grain(BufferedImage image, Random random) {
    double ink = between(random, 0, 36);
    double deviation = between(random, 2, 9);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        int covered = 255 - image.getRaster().getSample(x, y, 0);
        if (covered > 0) {
          double dark = 1 - (ink + Math.abs(gaussian(random, deviation))) / 255;
          image.getRaster().setSample(x, y, 0, (int) Math.round(255 - covered * dark));
        }
      }
    }
  }

  private static double between(Random random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A normal draw of at most 2.5 deviations. */
  private static double gaussian(Random random, double deviation) {
    return Math.max(-2.5, Math.min(2.5, random.nextGaussian())) * deviation;
  }
}
