package dev.frazil.parquet.format;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.encoding.LittleEndian;
import dev.frazil.parquet.encoding.MalformedDataException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;

/**
 * The parsed and checked footer of a file. Immutable.
 *
 * @param root the schema
 * @param leaves the columns, in the order of the chunks of every row group
 * @param firstRows position of the first row of each row group, and the row count of the file last
 */
public record FileFooter(
    String location,
    long lengthBytes,
    SchemaNode root,
    List<SchemaNode> leaves,
    List<RowGroup> rowGroups,
    long[] firstRows) {
  private static final int MAGIC_PLAIN = magic("PAR1");
  private static final int MAGIC_ENCRYPTED = magic("PARE");
  private static final int SUFFIX_BYTES = 8;
  private static final int PREFIX_BYTES = 4;

  private static int magic(String text) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      value |= text.charAt(i) << (8 * i);
    }
    return value;
  }

  /** Reads the footer of a file. */
  public static FileFooter read(FileBytes bytes) {
    String location = bytes.location();
    long length = bytes.lengthBytes();
    if (length < PREFIX_BYTES + SUFFIX_BYTES) {
      throw CorruptFile.error(location, "it has " + length + " bytes, too few for a Parquet file");
    }
    Slice suffix = bytes.read(length - SUFFIX_BYTES, SUFFIX_BYTES);
    int magic = LittleEndian.int32(suffix.data(), suffix.offset() + 4);
    if (magic == MAGIC_ENCRYPTED) {
      throw EngineException.unsupported("the encrypted Parquet file " + location);
    }
    if (magic != MAGIC_PLAIN) {
      throw CorruptFile.error(location, "it does not end as a Parquet file does");
    }
    int footerLength = LittleEndian.int32(suffix.data(), suffix.offset());
    if (footerLength <= 0
        || footerLength > ParquetLimits.MAX_FOOTER_BYTES
        || footerLength > length - PREFIX_BYTES - SUFFIX_BYTES) {
      throw CorruptFile.error(location, "a footer of " + footerLength + " bytes");
    }
    long footerStart = length - SUFFIX_BYTES - footerLength;
    bytes.growTail(footerStart);
    FileMetaData metadata;
    try {
      metadata = new ThriftInput(bytes.read(footerStart, footerLength)).read(new FileMetaData());
    } catch (MalformedDataException e) {
      throw CorruptFile.error(location, "footer at " + footerStart + ": " + e.getMessage(), e);
    }
    if (metadata.isSetEncryption_algorithm()) {
      throw EngineException.unsupported("the encrypted Parquet file " + location);
    }
    List<SchemaNode> leaves = new ArrayList<>();
    SchemaNode root = SchemaTree.build(location, metadata.getSchema(), leaves);
    List<RowGroup> rowGroups = metadata.getRow_groups();
    long[] firstRows = new long[rowGroups.size() + 1];
    for (int i = 0; i < rowGroups.size(); i++) {
      RowGroup rowGroup = rowGroups.get(i);
      if (rowGroup.getColumnsSize() != leaves.size()) {
        throw CorruptFile.error(
            location,
            "row group "
                + i
                + " has "
                + rowGroup.getColumnsSize()
                + " of "
                + leaves.size()
                + " columns");
      }
      long rows = rowGroup.getNum_rows();
      if (rows < 0 || rows > Long.MAX_VALUE / 2 - firstRows[i]) {
        throw CorruptFile.error(location, "row group " + i + " of " + rows + " rows");
      }
      firstRows[i + 1] = firstRows[i] + rows;
    }
    if (metadata.getNum_rows() != firstRows[rowGroups.size()]) {
      throw CorruptFile.error(
          location,
          metadata.getNum_rows() + " rows, but " + firstRows[rowGroups.size()] + " in row groups");
    }
    return new FileFooter(
        location, length, root, List.copyOf(leaves), List.copyOf(rowGroups), firstRows);
  }

  public long rowCount() {
    return firstRows[rowGroups.size()];
  }

  /** A column chunk, checked. */
  public ColumnChunkInfo chunk(int rowGroup, SchemaNode leaf) {
    return ColumnChunkInfo.of(
        location, leaf, rowGroups.get(rowGroup).getColumns().get(leaf.leaf()), lengthBytes);
  }
}
