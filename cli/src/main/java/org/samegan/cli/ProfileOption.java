package org.samegan.cli;

import java.util.Optional;
import org.samegan.core.profile.Profile;
import picocli.CommandLine.Option;

/**
 * Whether a command shows where a step's time goes. That is about one training and not the run, so
 * it is no option of runs and not in their record: it changes nothing that is trained.
 */
final class ProfileOption {
  @Option(
      names = "--profile",
      description = {
        "Print where a step's time goes when training ends, and write RUN/profile.json, a trace of"
            + " two steps for Perfetto or Chrome."
      })
  private boolean wanted;

  Optional<Profile> profile() {
    return wanted ? Optional.of(new Profile()) : Optional.empty();
  }
}
