package org.samegan.io.safetensors;

import java.nio.ByteBuffer;

/** What a tensor's values are. Those that are numbers with a fraction can be read as floats. */
public enum ElementType {
  /** IEEE 754 double precision; read as the nearest float, ties to even. */
  F64(64),
  /** IEEE 754 single precision. */
  F32(32),
  /** IEEE 754 half precision; every value is a float. */
  F16(16),
  /** The upper half of a float; every value is a float. */
  BF16(16),
  /** Floats of 8 bits, 4 of them exponent. */
  F8_E4M3(8),
  /** Floats of 8 bits, 5 of them exponent. */
  F8_E5M2(8),
  /** The former without infinity and negative zero. */
  F8_E4M3FNUZ(8),
  /** Likewise. */
  F8_E5M2FNUZ(8),
  /** Powers of two, which scale other floats of few bits. */
  F8_E8M0(8),
  /** Floats of 6 bits, 2 of them exponent. */
  F6_E2M3(6),
  /** Floats of 6 bits, 3 of them exponent. */
  F6_E3M2(6),
  /** Floats of 4 bits. */
  F4(4),
  /** Complex numbers of two single precisions. */
  C64(64),
  /** Signed 64 bits. */
  I64(64),
  /** Signed 32 bits. */
  I32(32),
  /** Signed 16 bits. */
  I16(16),
  /** Signed 8 bits. */
  I8(8),
  /** Unsigned 64 bits. */
  U64(64),
  /** Unsigned 32 bits. */
  U32(32),
  /** Unsigned 16 bits. */
  U16(16),
  /** Unsigned 8 bits. */
  U8(8),
  /** One byte, 0 or 1. */
  BOOL(8);

  private final int bits;

  ElementType(int bits) {
    this.bits = bits;
  }

  /** The bits of one value. */
  int bits() {
    return bits;
  }

  /** Whether values can be read as floats. */
  boolean isReadable() {
    return this == F64 || this == F32 || this == F16 || this == BF16;
  }

  /** Takes the next value from a little-endian buffer. */
  float next(ByteBuffer buffer) {
    return switch (this) {
      case F64 -> (float) buffer.getDouble();
      case F32 -> buffer.getFloat();
      case F16 -> half(buffer.getShort());
      case BF16 -> Float.intBitsToFloat(buffer.getShort() << 16);
      default -> throw new IllegalStateException(this + " is not read");
    };
  }

  /** 1 bit sign, 5 exponent with bias 15, 10 fraction. */
  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        switch (exponent) {
          case 0 -> fraction * 0x1p-24f;
          case 0x1f -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Float.intBitsToFloat(((exponent + 112) << 23) | (fraction << 13));
        };
    return bits < 0 ? -magnitude : magnitude;
  }
}
