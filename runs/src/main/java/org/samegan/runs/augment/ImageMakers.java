package org.samegan.runs.augment;

import java.io.IOException;
import java.util.List;

/** What training has come to on one subset: image makers, of which one is to be chosen. */
interface ImageMakers {
  /** The steps after which there is one, ascending. */
  List<Long> steps();

  /** That of a step. */
  ImageMaker open(long step) throws IOException;

  /** Where that of a step is, for people and for {@code samegan sample}. */
  String place(long step);
}
