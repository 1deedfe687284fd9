package org.samegan.models;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.samegan.core.classifier.Classifier;
import org.samegan.core.data.ExampleForm;
import org.samegan.core.data.ExampleKind;
import org.samegan.core.data.PixelRange;
import org.samegan.core.layer.Activation;
import org.samegan.core.layer.AveragePool;
import org.samegan.core.layer.BatchNorm;
import org.samegan.core.layer.Conv2d;
import org.samegan.core.layer.Dense;
import org.samegan.core.layer.Dropout;
import org.samegan.core.layer.Layer;
import org.samegan.core.layer.Network;
import org.samegan.core.layer.Padding;
import org.samegan.core.layer.Reshape;

/**
 * A small convolutional classifier: 5 x 5 convolutions, each with batch normalisation and ReLU,
 * that halve the image until it is at most {@value #SMALLEST} pixels high and wide, the first with
 * fewer channels than the others; then {@value #FEATURES} features, dropout and the logits.
 */
public final class ConvClassifier {
  /** The values in the features of one image. */
  public static final int FEATURES = 64;

  private static final int SMALLEST = 8;
  private static final int KERNEL = 5;
  private static final double KEEP = 0.6;
  private static final int LARGEST_POOLED = 32;
  private static final double KEEP_OF_FEW = 0.5;

  private ConvClassifier() {}

  /**
   * One for labelled images of a form: convolutions of stride 2 with 32 and then 64 channels.
   *
   * @throws IllegalArgumentException if they are no images, have less than two classes, or are less
   *     than 8 pixels high or wide
   */
  public static Classifier of(ExampleForm form) {
    return of(form, 0, 32, 64, KEEP);
  }

  /**
   * One for few labelled images: convolutions with 16 and then 32 channels, each before an average
   * over 2 x 2 pixels, which forgives shifts that few images can't teach. Images of more than
   * {@value #LARGEST_POOLED} pixels are halved by strides until they are no larger.
   *
   * @throws IllegalArgumentException as {@link #of(ExampleForm)}
   */
  public static Classifier ofFew(ExampleForm form) {
    return of(form, LARGEST_POOLED, 16, 32, KEEP_OF_FEW);
  }

  /**
   * Makes one.
   *
   * @param largestPooled images no larger than this are halved by averages, if they can be
   */
  private static Classifier of(
      ExampleForm form, int largestPooled, int firstChannels, int channels, double keep) {
    requireFit(form);
    List<Layer> layers = new ArrayList<>();
    int height = form.shape().get(0);
    int width = form.shape().get(1);
    while (layers.isEmpty() || Math.max(height, width) > SMALLEST) {
      boolean pooled =
          Math.max(height, width) <= largestPooled && height % 2 == 0 && width % 2 == 0;
      layers.add(
          new Conv2d(
                  layers.isEmpty() ? firstChannels : channels,
                  KERNEL,
                  pooled ? 1 : 2,
                  new Padding.Same())
              .withoutBias());
      layers.add(new BatchNorm());
      layers.add(new Activation.Relu());
      if (pooled) {
        layers.add(new AveragePool(2));
      }
      height = (height + 1) / 2;
      width = (width + 1) / 2;
    }
    Network body = new Network(form.shape(), layers);
    layers.add(Reshape.to(body.output().elements()));
    layers.add(new Dense(FEATURES));
    layers.add(new BatchNorm());
    layers.add(new Activation.Relu());
    layers.add(new Dropout(keep));
    layers.add(new Dense(form.classes().count()));
    return Classifier.of(new Network(form.shape(), layers), form.classes(), PixelRange.UNIT);
  }

  private static void requireFit(ExampleForm form) {
    if (form.kind() != ExampleKind.IMAGES
        || Math.min(form.shape().get(0), form.shape().get(1)) < SMALLEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a convolutional classifier takes images of at least %dx%d pixels, found examples of"
                  + " %s",
              SMALLEST,
              SMALLEST,
              form.shape()));
    }
    if (form.classes().count() < 2) {
      throw new IllegalArgumentException(
          "a classifier needs images of at least 2 classes, with labels, found "
              + form.classes().description()
              + "; put the images into a folder for each class, or labels beside them");
    }
  }
}
