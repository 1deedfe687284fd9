package org.samegan.io.run;

import org.samegan.core.setting.Setting;

/**
 * Something that a run can be asked, declared once: the keys of {@code run.json} and of
 * configuration files, their checks and schema, and the command line's options follow from it.
 *
 * @param setting its key, type, range, default and meaning; without a default what is not said is
 *     null
 * @param symbol what stands for its value in a description of the command line, such as {@code N}
 * @param use who may say it and when
 * @param <T> the type of its values
 */
public record RunOption<T>(Setting<T> setting, String symbol, Use use) {
  /** Who may say an option and when. */
  public enum Use {
    /** Decides what is trained: said when a run is made, and fixed from then on. */
    FIXED,
    /** Decides what is trained, and can be changed for the steps to come. */
    RECIPE,
    /** Decides how long and how often: can be changed whenever a run goes on. */
    CONDUCT,
    /** Says where and with what, for the time being only: said anew whenever a run goes on. */
    PLACE
  }

  /** Its key, such as {@code checkpoint-every}. */
  public String key() {
    return setting.key();
  }
}
