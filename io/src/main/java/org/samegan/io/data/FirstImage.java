package org.samegan.io.data;

import java.io.IOException;
import java.util.List;
import org.samegan.core.Shape;
import org.samegan.core.data.Classes;
import org.samegan.core.data.ExampleForm;
import org.samegan.io.image.ByteImage;

/** Takes one image, to see what all of them will be like. */
final class FirstImage implements ImageSink {
  private final ImageOptions options;
  private Shape shape;

  private FirstImage(ImageOptions options) {
    this.options = options;
  }

  /** The form that packing a source gives its images, unless they turn out to differ. */
  static ExampleForm form(ImageSource source, ImageOptions options) throws IOException {
    FirstImage first = new FirstImage(options);
    List<String> classNames = SourceReader.read(source, options.skipBad(), first);
    return new ExampleForm(first.shape, Classes.named(classNames));
  }

  @Override
  public boolean accept(ByteImage image, int label, String origin) {
    shape = ImageConversion.apply(image, options).shape();
    return false;
  }

  @Override
  public void skip(String origin, String reason) {
    // Whoever packs the images will tell.
  }

  @Override
  public void progress(int done, int total) {
    // One image takes no time.
  }
}
