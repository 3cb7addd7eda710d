package dev.frazil.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * A varchar value as a Clob, held in memory. Changing it changes no table. A stream that writes is
 * seen at each write. Positions count from 1; one beyond the end is 22023, anything after {@link
 * #free} is 08003. Not thread-safe.
 */
final class JdbcClob implements NClob {
  private @Nullable StringBuilder text;

  JdbcClob(String text) {
    this.text = new StringBuilder(text);
  }

  private StringBuilder alive() throws SQLException {
    StringBuilder held = text;
    if (held == null) {
      throw SqlExceptions.closed("clob");
    }
    return held;
  }

  private int start(long position, long length) throws SQLException {
    if (position < 1 || length < 0 || position - 1 > alive().length()) {
      throw SqlExceptions.invalid(
          "position "
              + position
              + " lies outside of a clob of "
              + alive().length()
              + " characters");
    }
    return (int) position - 1;
  }

  @Override
  public long length() throws SQLException {
    return alive().length();
  }

  @Override
  public String getSubString(long pos, int length) throws SQLException {
    int from = start(pos, length);
    return alive().substring(from, (int) Math.min(alive().length(), (long) from + length));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(alive().toString());
  }

  @Override
  public Reader getCharacterStream(long pos, long length) throws SQLException {
    int from = start(pos, length);
    if (length > alive().length() - from) {
      throw SqlExceptions.invalid("the clob ends before position " + (pos + length));
    }
    return new StringReader(alive().substring(from, (int) (from + length)));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(alive().toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(@Nullable String pattern, long start) throws SQLException {
    if (pattern == null) {
      throw SqlExceptions.invalid("the pattern is null");
    }
    int found = alive().indexOf(pattern, start(start, 0));
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(@Nullable Clob pattern, long start) throws SQLException {
    String text =
        pattern == null ? null : pattern.getSubString(1, ParameterBinder.length(pattern.length()));
    return position(text, start);
  }

  @Override
  public int setString(long pos, @Nullable String source) throws SQLException {
    return setString(pos, source, 0, source == null ? 0 : source.length());
  }

  @Override
  public int setString(long pos, @Nullable String source, int offset, int length)
      throws SQLException {
    if (source == null || offset < 0 || length < 0 || offset + (long) length > source.length()) {
      throw SqlExceptions.invalid("the characters to write lie outside of their string");
    }
    int from = start(pos, length);
    StringBuilder held = alive();
    int end = (int) Math.min(held.length(), (long) from + length);
    held.replace(from, end, source.substring(offset, offset + length));
    return length;
  }

  /** Each write is in the clob at once, from {@code pos} on. */
  @Override
  public Writer setCharacterStream(long pos) throws SQLException {
    start(pos, 0);
    return new Writer() {
      private long next = pos;

      @Override
      public void write(char[] source, int offset, int length) throws IOException {
        next += JdbcClob.this.write(next, new String(source, offset, length));
      }

      @Override
      public void flush() {
        // Nothing is held back.
      }

      @Override
      public void close() {
        // Nothing is held.
      }
    };
  }

  @Override
  public OutputStream setAsciiStream(long pos) throws SQLException {
    start(pos, 0);
    return new OutputStream() {
      private long next = pos;

      @Override
      public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws IOException {
        String written = new String(source, offset, length, StandardCharsets.US_ASCII);
        next += JdbcClob.this.write(next, written);
      }
    };
  }

  private int write(long position, String written) throws IOException {
    try {
      return setString(position, written);
    } catch (SQLException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void truncate(long length) throws SQLException {
    StringBuilder held = alive();
    if (length < 0 || length > held.length()) {
      throw SqlExceptions.invalid("the clob has " + held.length() + " characters");
    }
    held.setLength((int) length);
  }

  @Override
  public void free() {
    text = null;
  }
}
