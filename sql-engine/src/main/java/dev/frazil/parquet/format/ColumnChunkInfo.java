package dev.frazil.parquet.format;

import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;

/**
 * A column chunk whose place in the file was checked.
 *
 * @param start first byte, of the dictionary page if there is one
 * @param end one past the last byte
 * @param hasDictionary whether a dictionary page stands at {@code start}
 */
public record ColumnChunkInfo(
    SchemaNode leaf,
    ColumnChunk chunk,
    ColumnMetaData metadata,
    long start,
    long end,
    boolean hasDictionary) {

  /** Checks the place of a chunk. */
  static ColumnChunkInfo of(String location, SchemaNode leaf, ColumnChunk chunk, long fileLength) {
    ColumnMetaData metadata = chunk.getMeta_data();
    if (metadata == null || metadata.getCodec() == null || metadata.getType() == null) {
      throw CorruptFile.error(location, "column " + leaf.path() + " lacks its metadata");
    }
    if (metadata.getType() != leaf.element().getType()) {
      throw CorruptFile.error(
          location,
          "column "
              + leaf.path()
              + " is "
              + leaf.element().getType()
              + " in the schema and "
              + metadata.getType()
              + " in a row group");
    }
    if (chunk.isSetFile_path()) {
      throw CorruptFile.error(
          location, "column " + leaf.path() + " stands in another file, " + chunk.getFile_path());
    }
    long start = metadata.getData_page_offset();
    boolean hasDictionary =
        metadata.isSetDictionary_page_offset()
            && metadata.getDictionary_page_offset() > 0
            && metadata.getDictionary_page_offset() < start;
    if (hasDictionary) {
      start = metadata.getDictionary_page_offset();
    }
    long length = metadata.getTotal_compressed_size();
    if (start < 4 || length < 0 || start > fileLength || length > fileLength - start) {
      throw CorruptFile.error(
          location,
          "column " + leaf.path() + " at " + start + " of " + length + " bytes lies outside");
    }
    if (metadata.getNum_values() < 0) {
      throw CorruptFile.error(
          location, "column " + leaf.path() + " of " + metadata.getNum_values() + " values");
    }
    return new ColumnChunkInfo(leaf, chunk, metadata, start, start + length, hasDictionary);
  }
}
