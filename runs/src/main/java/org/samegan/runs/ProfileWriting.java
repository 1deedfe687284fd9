package org.samegan.runs;

import java.io.IOException;
import org.samegan.core.profile.Profile;
import org.samegan.runs.profile.ProfileTrace;

/** Writes a profile's trace into the run's directory when training ends, however it does. */
final class ProfileWriting implements RunListener {
  private final Profile profile;

  ProfileWriting(Profile profile) {
    this.profile = profile;
  }

  @Override
  public void ended(TrainingRun run) throws IOException {
    ProfileTrace.write(profile, run.files().profile());
  }
}
