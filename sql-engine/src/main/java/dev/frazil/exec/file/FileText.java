package dev.frazil.exec.file;

import dev.frazil.storage.ObjectStore;
import dev.frazil.storage.StoreFileIO;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** The text of a file: UTF-8 (with or without a byte order mark), perhaps compressed. */
final class FileText {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private FileText() {}

  /** Bytes that are no UTF-8 are a {@code MalformedInputException} when they are read. */
  static Reader open(ObjectStore store, String location, long lengthBytes, boolean gzip)
      throws IOException {
    InputStream bytes = new StoreFileIO(store).newInputFile(location, lengthBytes).newStream();
    if (gzip) {
      bytes = new GZIPInputStream(bytes, BUFFER_BYTES);
    }
    Reader reader =
        new BufferedReader(
            new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            BUFFER_BYTES);
    reader.mark(1);
    if (reader.read() != BYTE_ORDER_MARK) {
      reader.reset();
    }
    return reader;
  }
}
