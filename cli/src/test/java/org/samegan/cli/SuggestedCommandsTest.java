package org.samegan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestedCommandsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "runs/first | runs/first",
        "a=b/c:d | a=b/c:d",
        "r\u00fcn | 'r\u00fcn'",
        "a b | 'a b'",
        "it's | 'it'\\''s'",
        "$HOME | '$HOME'",
        "~x | '~x'",
        "-x | ./-x",
        "- x | './- x'"
      })
  void pathsAreOneWordToAShell(String path, String word) {
    assertThat(SuggestedCommands.quoted(path)).isEqualTo(word);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {"./samegan,./samegan", "/a b/samegan,'/a b/samegan'", "a=b/x,'a=b/x'"})
  void theCommandIsOneWordToo(String called, String word) {
    System.setProperty("samegan.command", called);
    try {
      assertThat(SuggestedCommands.command()).isEqualTo(word);
    } finally {
      System.clearProperty("samegan.command");
    }
  }
}
