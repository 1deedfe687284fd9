package org.samegan.runs.evaluation;

import org.samegan.core.Shape;
import org.samegan.core.backend.Backend;
import org.samegan.core.classifier.TrainedClassifier;
import org.samegan.core.data.Classes;
import org.samegan.core.data.Dataset;
import org.samegan.core.data.PixelRange;
import org.samegan.evaluation.comparison.Observed;
import org.samegan.io.classifier.ClassifierFile;
import org.samegan.runs.classifier.Opinions;

/** A classifier of ours: its features, and its opinions. */
final class ClassifierFeatures implements FeatureNetwork {
  private final ClassifierFile file;
  private final TrainedClassifier classifier;

  ClassifierFeatures(ClassifierFile file, Backend backend) {
    this.file = file;
    classifier = new TrainedClassifier(file.classifier(), file.values(), backend);
  }

  @Override
  public String name() {
    return file.name();
  }

  @Override
  public String sha256() {
    return file.sha256();
  }

  @Override
  public Shape input() {
    return file.classifier().network().input();
  }

  @Override
  public PixelRange pixelRange() {
    return file.classifier().pixelRange();
  }

  @Override
  public Classes classes() {
    return file.classifier().classes();
  }

  @Override
  public Observed see(Dataset images) {
    Opinions opinions = Opinions.of(name(), classifier, images);
    return Observed.of(opinions.features()).with(opinions.probabilities());
  }

  @Override
  public void close() {
    classifier.close();
  }
}
