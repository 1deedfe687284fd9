package org.samegan.io.data;

import java.io.IOException;
import org.samegan.io.image.ByteImage;

/** Takes the images of a source in order, one at a time, so that only one is in memory. */
interface ImageSink {
  /**
   * Takes one image.
   *
   * @param image as the source stores it
   * @param label its class, or {@link #UNLABELLED}
   * @param origin what to call it in a message
   * @return whether to go on; if not, nothing after it is read
   */
  boolean accept(ByteImage image, int label, String origin) throws IOException;

  /**
   * Notes an image or a folder that is left out.
   *
   * @param origin what to call it in a message
   * @param reason why, without its path
   */
  void skip(String origin, String reason);

  /** Tells how many images of how many have been dealt with. */
  void progress(int done, int total);

  /** Stands for the label of an image that has none. */
  int UNLABELLED = -1;
}
