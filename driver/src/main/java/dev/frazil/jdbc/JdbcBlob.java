package dev.frazil.jdbc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A varbinary value as a Blob, held in memory. Changing it changes no table. Not thread-safe. */
final class JdbcBlob implements Blob {
  private byte @Nullable [] bytes;

  JdbcBlob(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] alive() throws SQLException {
    byte[] held = bytes;
    if (held == null) {
      throw SqlExceptions.closed("blob");
    }
    return held;
  }

  /** Checks a position, counted from 1, and a length, and gives the index counted from 0. */
  private int start(long position, long length) throws SQLException {
    if (position < 1 || length < 0 || position - 1 > alive().length) {
      throw SqlExceptions.invalid(
          "position " + position + " lies outside of a blob of " + alive().length + " bytes");
    }
    return (int) position - 1;
  }

  @Override
  public long length() throws SQLException {
    return alive().length;
  }

  @Override
  public byte[] getBytes(long pos, int length) throws SQLException {
    int from = start(pos, length);
    return Arrays.copyOfRange(alive(), from, (int) Math.min(alive().length, (long) from + length));
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(alive());
  }

  @Override
  public InputStream getBinaryStream(long pos, long length) throws SQLException {
    int from = start(pos, length);
    if (from + length > alive().length) {
      throw SqlExceptions.invalid("the blob ends before position " + (pos + length));
    }
    return new ByteArrayInputStream(alive(), from, (int) length);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    byte[] held = alive();
    for (int i = start(start, 0); i + pattern.length <= held.length; i++) {
      if (Arrays.equals(held, i, i + pattern.length, pattern, 0, pattern.length)) {
        return i + 1L;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long pos, byte[] source) throws SQLException {
    return setBytes(pos, source, 0, source.length);
  }

  @Override
  public int setBytes(long pos, byte[] source, int offset, int length) throws SQLException {
    if (offset < 0 || length < 0 || offset + (long) length > source.length) {
      throw SqlExceptions.invalid("the bytes to write lie outside of their array");
    }
    int from = start(pos, length);
    byte[] grown = Arrays.copyOf(alive(), Math.max(alive().length, from + length));
    System.arraycopy(source, offset, grown, from, length);
    bytes = grown;
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long pos) throws SQLException {
    start(pos, 0);
    return new ByteArrayOutputStream() {
      @Override
      public void close() {
        try {
          JdbcBlob.this.setBytes(pos, toByteArray());
        } catch (SQLException e) {
          throw new IllegalStateException("the blob was freed while it was written", e);
        }
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    if (length < 0 || length > alive().length) {
      throw SqlExceptions.invalid("the blob has " + alive().length + " bytes");
    }
    bytes = Arrays.copyOf(alive(), (int) length);
  }

  @Override
  public void free() {
    bytes = null;
  }
}
