package dev.frazil.exec.scan;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.InvalidRoaringFormat;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/**
 * A deletion vector as it lies in a Puffin file (Puffin spec, {@code deletion-vector-v1} blobs):
 * the length of what follows it without the checksum, big-endian; the magic number; the number of
 * bitmaps, and each with the upper 32 bits of its positions, little-endian; a CRC-32 of all from
 * the magic number on, big-endian. Stateless.
 */
final class DeletionVectorBlob {
  /** Beyond any row: a vector takes memory for the highest position, whatever it is. */
  static final long MAX_POSITION = (1L << 40) - 1;

  private static final int MAGIC = 1681511377;
  private static final int MIN_BYTES = 20;

  /** Of a vector that one array holds. */
  private static final long MAX_BYTES = 1L << 30;

  /** Longer ones are asked for only when the file is known to be as long. */
  private static final long UNCHECKED_BYTES = 8L << 20;

  private DeletionVectorBlob() {}

  /**
   * Reads the vector, in one request.
   *
   * @throws EngineException {@code XX001} if the bytes are not those of a vector with as many
   *     positions as its manifest tells
   */
  static PositionDeleteIndex read(DeleteFile file, ObjectStore store) {
    Long offset = file.contentOffset();
    Long length = file.contentSizeInBytes();
    if (offset == null || length == null) {
      throw EngineException.unsupported(
          "the Puffin delete file " + file.location() + " without a deletion vector");
    }
    long size = file.fileSizeInBytes();
    if (length > UNCHECKED_BYTES) {
      size = store.head(file.location()).map(ObjectInfo::lengthBytes).orElse(0L);
    }
    if (offset < 0 || length < MIN_BYTES || length > MAX_BYTES || offset > size - length) {
      throw corrupt(
          file, length + " bytes at byte " + offset + " of a file of " + size + " bytes", null);
    }
    byte[] content = new byte[length.intValue()];
    store.readFully(file.location(), offset, content, 0, content.length);
    PositionDeleteIndex deleted;
    try {
      check(content, file);
      deleted = PositionDeleteIndex.deserialize(content, file);
    } catch (IllegalArgumentException
        | InvalidRoaringFormat
        | IndexOutOfBoundsException
        | java.nio.BufferUnderflowException e) {
      throw corrupt(file, "its bitmaps cannot be read", e);
    }
    return deleted;
  }

  /** What Iceberg's reader takes on trust, or looks at only after it has taken memory for it. */
  private static void check(byte[] content, DeleteFile file) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    int checked = content.length - Integer.BYTES * 2;
    if (bytes.getInt() != checked) {
      throw corrupt(file, "its length is not the " + checked + " that its manifest tells", null);
    }
    CRC32 crc = new CRC32();
    crc.update(content, Integer.BYTES, checked);
    if ((int) crc.getValue() != bytes.getInt(Integer.BYTES + checked)) {
      throw corrupt(file, "it does not match its checksum", null);
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN).limit(Integer.BYTES + checked);
    if (bytes.getInt() != MAGIC) {
      throw corrupt(file, "it does not begin as a deletion vector does", null);
    }
    long bitmaps = bytes.getLong();
    long previous = -1;
    long positions = 0;
    for (long i = 0; i < bitmaps; i++) {
      long key = Integer.toUnsignedLong(bytes.getInt());
      if (key <= previous || key > MAX_POSITION >>> Integer.SIZE) {
        throw corrupt(file, "it has a bitmap " + key + " behind " + previous, null);
      }
      previous = key;
      ImmutableRoaringBitmap bitmap = new ImmutableRoaringBitmap(bytes);
      positions += bitmap.getLongCardinality();
      bytes.position(bytes.position() + bitmap.serializedSizeInBytes());
    }
    if (bitmaps < 0 || bytes.hasRemaining() || positions != file.recordCount()) {
      throw corrupt(
          file,
          "it has "
              + positions
              + " positions, not the "
              + file.recordCount()
              + " that its manifest tells",
          null);
    }
  }

  private static EngineException corrupt(
      DeleteFile file, String detail, @Nullable RuntimeException cause) {
    return new EngineException(
        SqlState.DATA_CORRUPTED,
        "the deletion vector in "
            + file.location()
            + " for "
            + file.referencedDataFile()
            + " is corrupt: "
            + detail
            + "; restore the file or read an earlier snapshot that does not refer to it",
        cause);
  }
}
