package dev.frazil.catalog;

import dev.frazil.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code version-hint.text} of a Hadoop table: the number of a version from which readers go on to
 * the newest. Best effort: the commit stands whether or not its hint does.
 */
final class HadoopVersionHint {
  private static final Logger LOGGER = LoggerFactory.getLogger(HadoopVersionHint.class);
  private static final int CHECKSUMMED_BYTES = 512;
  private static final int MOST_ROUNDS = 16;

  private HadoopVersionHint() {}

  /**
   * Names the newest version, and looks again afterwards: of two writers, or of one that was
   * stopped in between, whoever comes last leaves the newest.
   */
  static void publish(ObjectStore store, Path metadataFolder) {
    try {
      int named = -1;
      for (int round = 0; round < MOST_ROUNDS; round++) {
        Optional<Path> newest = HadoopFolderWalk.newestOf(metadataFolder);
        int number =
            newest.map(file -> TableLocations.metadataFileNumber(file.toString())).orElse(-1);
        if (number < 0 || number == named) {
          return;
        }
        write(store, metadataFolder, Integer.toString(number).getBytes(StandardCharsets.UTF_8));
        named = number;
      }
    } catch (RuntimeException e) {
      LOGGER.warn("The version hint in {} is not up to date; the commit stands", metadataFolder, e);
    }
  }

  /**
   * Hadoop's local file system keeps a checksum beside each file that it wrote, and takes a file
   * that does not fit it for damaged. One that is there has to change with the hint.
   */
  private static void write(ObjectStore store, Path metadataFolder, byte[] hint) {
    store.put(metadataFolder.resolve("version-hint.text").toString(), hint);
    Path checksum = metadataFolder.resolve(".version-hint.text.crc");
    if (Files.exists(checksum)) {
      store.put(checksum.toString(), checksum(hint));
    }
  }

  /** {@code "crc\0"}, the bytes that each checksum is of, and the checksum of the only ones. */
  static byte[] checksum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return ByteBuffer.allocate(12)
        .put(new byte[] {'c', 'r', 'c', 0})
        .putInt(CHECKSUMMED_BYTES)
        .putInt((int) crc.getValue())
        .array();
  }
}
