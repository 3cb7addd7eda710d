package dev.frazil.parquet.format;

/** Sizes above which a file is refused before memory is allocated for it. */
public final class ParquetLimits {
  /** Footer, in bytes. */
  public static final int MAX_FOOTER_BYTES = 64 << 20;

  /** Nodes of a schema. */
  public static final int MAX_SCHEMA_NODES = 100_000;

  /** Groups within groups of a schema. */
  public static final int MAX_SCHEMA_DEPTH = 64;

  /** A page, uncompressed. */
  public static final int MAX_PAGE_BYTES = 256 << 20;

  /** A page up to this size may have any compression ratio. */
  public static final int UNSUSPICIOUS_PAGE_BYTES = 16 << 20;

  /** Compression ratio allowed to larger pages; zstd reaches more only on constant data. */
  public static final int MAX_PAGE_RATIO = 2_000;

  /** Thrift header of a page, statistics included. */
  public static final int MAX_PAGE_HEADER_BYTES = 16 << 20;

  /** Column index, offset index or bloom filter of one column chunk. */
  public static final int MAX_INDEX_BYTES = 64 << 20;

  /** Elements of nested columns in one batch. */
  public static final int MAX_BATCH_ELEMENTS = 1 << 26;

  private ParquetLimits() {}
}
