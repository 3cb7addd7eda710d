package dev.frazil.parquet;

import dev.frazil.parquet.codec.PageCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.DataPageHeader;
import org.apache.parquet.format.DictionaryPageHeader;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageHeader;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;

/**
 * A Parquet file of one column {@code c} whose headers say what they are told to say. By default it
 * is a valid file of one page.
 */
final class HostileFile {
  Type type = Type.INT64;
  CompressionCodec codec = CompressionCodec.UNCOMPRESSED;
  Encoding encoding = Encoding.PLAIN;

  /** The page as its decoder sees it. */
  byte[] page = new byte[8];

  int pageValues = 1;
  long chunkValues = 1;
  long rows = 1;

  /** What the header announces instead of the length of {@link #page}, if not negative. */
  int announcedBytes = -1;

  byte[] dictionary = new byte[0];
  int dictionaryValues;

  /** Extra nodes that the schema announces. */
  int schemaChildren = 1;

  /** Whether the column is {@code list<int>}: {@code c.list.element}. */
  boolean list;

  byte[] bytes() {
    try {
      ByteArrayOutputStream file = new ByteArrayOutputStream();
      file.write("PAR1".getBytes(StandardCharsets.US_ASCII));
      if (dictionaryValues > 0) {
        byte[] packed = PageCodec.compress(codec, dictionary, 0, dictionary.length, 3);
        PageHeader header =
            new PageHeader(PageType.DICTIONARY_PAGE, dictionary.length, packed.length);
        header.setDictionary_page_header(
            new DictionaryPageHeader(dictionaryValues, Encoding.PLAIN));
        Util.writePageHeader(header, file);
        file.write(packed);
      }
      long dataOffset = file.size();
      byte[] packed = PageCodec.compress(codec, page, 0, page.length, 3);
      PageHeader header =
          new PageHeader(
              PageType.DATA_PAGE, announcedBytes < 0 ? page.length : announcedBytes, packed.length);
      header.setData_page_header(
          new DataPageHeader(pageValues, encoding, Encoding.RLE, Encoding.RLE));
      Util.writePageHeader(header, file);
      file.write(packed);
      int footerStart = file.size();
      Util.writeFileMetaData(footer(dataOffset, footerStart), file);
      int footerLength = file.size() - footerStart;
      for (int i = 0; i < 4; i++) {
        file.write(footerLength >>> (8 * i));
      }
      file.write("PAR1".getBytes(StandardCharsets.US_ASCII));
      return file.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FileMetaData footer(long dataOffset, int end) {
    ColumnMetaData metadata =
        new ColumnMetaData(
            type,
            List.of(encoding, Encoding.RLE),
            list ? List.of("c", "list", "element") : List.of("c"),
            codec,
            chunkValues,
            end - 4L,
            end - 4L,
            dataOffset);
    if (dictionaryValues > 0) {
      metadata.setDictionary_page_offset(4);
    }
    ColumnChunk chunk = new ColumnChunk(4);
    chunk.setMeta_data(metadata);
    return new FileMetaData(
        1, schema(), rows, List.of(new RowGroup(List.of(chunk), end - 4L, rows)));
  }

  private List<SchemaElement> schema() {
    SchemaElement root = new SchemaElement("root");
    root.setNum_children(schemaChildren);
    List<SchemaElement> schema = new ArrayList<>(List.of(root));
    if (list) {
      SchemaElement outer = new SchemaElement("c");
      outer.setRepetition_type(FieldRepetitionType.REQUIRED).setNum_children(1);
      SchemaElement repeated = new SchemaElement("list");
      repeated.setRepetition_type(FieldRepetitionType.REPEATED).setNum_children(1);
      schema.addAll(Arrays.asList(outer, repeated));
    }
    SchemaElement leaf = new SchemaElement(list ? "element" : "c");
    leaf.setType(type).setRepetition_type(FieldRepetitionType.REQUIRED);
    schema.add(leaf);
    return schema;
  }
}
