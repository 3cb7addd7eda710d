package dev.frazil.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A varbinary value as a Blob, held in memory. Changing it changes no table. A stream that writes
 * is seen at each write. Positions count from 1; one beyond the end is 22023, anything after {@link
 * #free} is 08003. Not thread-safe.
 */
final class JdbcBlob implements Blob {
  private static final int MAX_LENGTH = Integer.MAX_VALUE - 16;

  private byte @Nullable [] bytes;
  private int length;

  JdbcBlob(byte[] bytes) {
    this.bytes = bytes;
    this.length = bytes.length;
  }

  /** At least {@link #length} bytes. */
  private byte[] alive() throws SQLException {
    byte[] held = bytes;
    if (held == null) {
      throw SqlExceptions.closed("blob");
    }
    return held;
  }

  /** Checks a position, counted from 1, and a length, and gives the index counted from 0. */
  private int start(long position, long count) throws SQLException {
    alive();
    if (position < 1 || count < 0 || position - 1 > length) {
      throw SqlExceptions.invalid(
          "position " + position + " lies outside of a blob of " + length + " bytes");
    }
    return (int) position - 1;
  }

  @Override
  public long length() throws SQLException {
    alive();
    return length;
  }

  @Override
  public byte[] getBytes(long pos, int count) throws SQLException {
    int from = start(pos, count);
    return Arrays.copyOfRange(alive(), from, (int) Math.min(length, (long) from + count));
  }

  /** Of the bytes as they are now. */
  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(Arrays.copyOf(alive(), length));
  }

  @Override
  public InputStream getBinaryStream(long pos, long count) throws SQLException {
    int from = start(pos, count);
    if (count > length - from) {
      throw SqlExceptions.invalid("the blob ends before position " + (pos + count));
    }
    return new ByteArrayInputStream(Arrays.copyOfRange(alive(), from, from + (int) count));
  }

  @Override
  public long position(byte @Nullable [] pattern, long start) throws SQLException {
    if (pattern == null) {
      throw SqlExceptions.invalid("the pattern is null");
    }
    byte[] held = alive();
    for (int i = start(start, 0); i + (long) pattern.length <= length; i++) {
      if (Arrays.equals(held, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(@Nullable Blob pattern, long start) throws SQLException {
    byte[] bytes =
        pattern == null ? null : pattern.getBytes(1, ParameterBinder.length(pattern.length()));
    return position(bytes, start);
  }

  @Override
  public int setBytes(long pos, byte @Nullable [] source) throws SQLException {
    return setBytes(pos, source, 0, source == null ? 0 : source.length);
  }

  @Override
  public int setBytes(long pos, byte @Nullable [] source, int offset, int count)
      throws SQLException {
    if (source == null || offset < 0 || count < 0 || offset + (long) count > source.length) {
      throw SqlExceptions.invalid("the bytes to write lie outside of their array");
    }
    int from = start(pos, count);
    int end = ParameterBinder.length((long) from + count);
    byte[] held = alive();
    if (end > held.length) {
      // Doubled, so that a stream of single bytes costs no copy a byte.
      held = Arrays.copyOf(held, (int) Math.max(end, Math.min(2L * held.length, MAX_LENGTH)));
      bytes = held;
    }
    System.arraycopy(source, offset, held, from, count);
    length = Math.max(length, end);
    return count;
  }

  /** Each write is in the blob at once, from {@code pos} on. */
  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    start(pos, 0);
    return new OutputStream() {
      private long next = pos;

      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int count) throws IOException {
        try {
          next += setBytes(next, source, offset, count);
        } catch (SQLException e) {
          throw new IOException(e.getMessage(), e);
        }
      }
    };
  }

  @Override
  public void truncate(long wanted) throws SQLException {
    byte[] held = alive();
    if (wanted < 0 || wanted > length) {
      throw SqlExceptions.invalid("the blob has " + length + " bytes");
    }
    bytes = Arrays.copyOf(held, (int) wanted);
    length = (int) wanted;
  }

  @Override
  public void free() {
    bytes = null;
  }
}
