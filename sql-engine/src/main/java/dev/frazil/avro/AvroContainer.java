package dev.frazil.avro;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Object container files (Avro specification) that another reader is going to read, and which may
 * not lead it astray: manifests and lists of them, as whoever made the table left them. Stateless.
 */
public final class AvroContainer {
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final byte[] NO_CODEC = {'n', 'u', 'l', 'l'};

  /** Of what is unpacked; more than most manifests have, and what is hostile has to earn it. */
  private static final int FIRST_BYTES = 1 << 20;

  /** By what the buffer of a block may grow at once; writers end a block after 64 KiB. */
  private static final int MAX_BLOCK_BYTES = 8 << 20;

  /** What a file may unfold to, besides {@link #MAX_RATIO} times its own length. */
  private static final long MAX_BYTES = 16L << 20;

  private static final long MAX_RATIO = 100;

  private AvroContainer() {}

  /** Whether the bytes begin as such a file does. */
  public static boolean isOne(byte[] body) {
    return body.length > MAGIC.length
        && Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  /**
   * Walks through the file from its first byte to its last: no length, count or compressed block in
   * it may promise more than is there. Answers the same file without compression, so that whoever
   * reads it next need not decompress it again.
   *
   * @throws dev.frazil.error.EngineException {@code XX001} if it is damaged or unfolds to too much,
   *     {@code 0A000} for a codec that is not known
   */
  public static byte[] checked(String location, byte[] body) {
    AvroInput in = new AvroInput(elements -> {});
    in.set(body, 0, body.length);
    AvroHeader header = AvroHeader.read(in, location);
    try {
      return walk(header, in, body);
    } catch (MalformedAvroException | IndexOutOfBoundsException | ArithmeticException e) {
      throw AvroHeader.corrupt(location, "near byte " + in.position(), e);
    }
  }

  private static byte[] walk(AvroHeader header, AvroInput in, byte[] body) {
    AvroSkip values = new AvroSkip(true);
    AvroInput records = new AvroInput(elements -> {});
    byte[] sync = header.sync();
    byte[] plain = new byte[0];
    long limit = MAX_BYTES + MAX_RATIO * body.length;
    ByteArrayOutputStream unpacked = begin(header, body, in.position());
    while (!in.atEnd()) {
      long count = in.readLong();
      int length = in.readLength();
      int start = in.skip(length);
      int mark = in.skip(sync.length);
      if (!Arrays.equals(body, mark, mark + sync.length, sync, 0, sync.length)) {
        throw new MalformedAvroException("a block does not end with the mark of the file");
      }
      AvroCodec.Block block =
          header.codec().decompress(body, start, length, plain, AvroContainer::checkBlock);
      int size = block.to() - block.from();
      if (count < 0 || count > size) {
        throw new MalformedAvroException(count + " records in " + size + " bytes");
      }
      records.set(block.bytes(), block.from(), block.to());
      for (long i = 0; i < count; i++) {
        values.step(header.schema(), records, 0);
      }
      if (!records.atEnd()) {
        throw new MalformedAvroException("a block is not as long as its records");
      }
      if (header.codec() != AvroCodec.NULL) {
        plain = block.bytes();
        writeLong(unpacked, count);
        writeLong(unpacked, size);
        unpacked.write(block.bytes(), block.from(), size);
        unpacked.write(sync, 0, sync.length);
      }
      if (unpacked.size() > limit) {
        throw new MalformedAvroException("it unfolds to more than " + limit + " bytes");
      }
    }
    return header.codec() == AvroCodec.NULL ? body : unpacked.toByteArray();
  }

  /** The header, in which there is no codec any more. */
  private static ByteArrayOutputStream begin(AvroHeader header, byte[] body, int end) {
    boolean isPacked = header.codec() != AvroCodec.NULL;
    ByteArrayOutputStream unpacked =
        new ByteArrayOutputStream(isPacked ? (int) Math.min(4L * body.length, FIRST_BYTES) : 0);
    if (isPacked) {
      unpacked.write(body, 0, header.codecFrom());
      writeLong(unpacked, NO_CODEC.length);
      unpacked.write(NO_CODEC, 0, NO_CODEC.length);
      unpacked.write(body, header.codecTo(), end - header.codecTo());
    }
    return unpacked;
  }

  private static void writeLong(ByteArrayOutputStream out, long value) {
    long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  private static void checkBlock(long moreBytes) {
    if (moreBytes > MAX_BLOCK_BYTES) {
      throw new MalformedAvroException("a block longer than " + MAX_BLOCK_BYTES + " bytes");
    }
  }
}
