package dev.frazil.orc;

import dev.frazil.error.EngineException;

/** The codecs of compression chunks, in the order of their numbers in the postscript. */
enum OrcCodec {
  NONE,
  ZLIB,
  SNAPPY,
  LZO,
  LZ4,
  ZSTD,
  BROTLI;

  /** The codec of a number; {@code 0A000} for those that are not read. */
  static OrcCodec of(long number, String location) {
    OrcCodec codec = number < 0 || number >= values().length ? null : values()[(int) number];
    if (codec == null || codec == LZO || codec == BROTLI) {
      throw EngineException.unsupported(
          "reading the ORC file "
              + location
              + ", whose codec is "
              + (codec == null ? "number " + number : codec)
              + ",");
    }
    return codec;
  }
}
