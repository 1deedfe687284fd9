package org.samegan.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelRangeTest {
  @ParameterizedTest
  @EnumSource
  void everyByteSurvivesTheRoundTrip(PixelRange range) {
    for (int pixel = 0; pixel < 256; pixel++) {
      assertThat(range.toByte(range.fromByte(pixel))).isEqualTo(pixel);
    }
  }

  @ParameterizedTest
  @EnumSource
  void blackAndWhiteAreTheEnds(PixelRange range) {
    assertThat(range.fromByte(0)).isEqualTo(range.low());
    assertThat(range.fromByte(255)).isEqualTo(range.high());
  }

  @ParameterizedTest
  @EnumSource
  void valuesOutsideAreClipped(PixelRange range) {
    assertThat(range.toByte(range.low() - 3)).isZero();
    assertThat(range.toByte(range.high() + 3)).isEqualTo(255);
    assertThat(range.toByte(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(range.toByte(Float.POSITIVE_INFINITY)).isEqualTo(255);
  }

  @Test
  void rangesAreThoseOfTanhAndSigmoid() {
    assertThat(PixelRange.SIGNED_UNIT.low()).isEqualTo(-1);
    assertThat(PixelRange.UNIT.low()).isZero();
    assertThat(PixelRange.SIGNED_UNIT.high()).isEqualTo(1);
    assertThat(PixelRange.UNIT.high()).isEqualTo(1);
    assertThat(PixelRange.SIGNED_UNIT.toByte(0)).isEqualTo(128);
  }
}
