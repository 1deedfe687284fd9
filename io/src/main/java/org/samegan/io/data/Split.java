package org.samegan.io.data;

/** Which part of a dataset is meant. */
public enum Split {
  /** The images to learn from. */
  TRAIN,
  /** The held-out images, which a model is compared with and never trained on. */
  TEST
}
