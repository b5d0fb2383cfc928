// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.parquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.xerial.snappy.Snappy;

/**
 * Compressed pages -> pages, without Hadoop's codecs, and never more than {@link #MAX_PAGE_BYTES}
 * whatever the file says.
 */
final class PageCodecs implements CompressionCodecFactory {
  /** Writers make pages of 1 MiB. */
  static final int MAX_PAGE_BYTES = 32 << 20;

  /** Compressed bytes, and how many they will be -> the bytes. */
  private interface Codec {
    int decompress(byte[] compressed, byte[] page) throws IOException;
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
    return switch (name) {
      case SNAPPY ->
          new Pages(
              (compressed, page) -> Snappy.uncompress(compressed, 0, compressed.length, page, 0));
      case GZIP -> new Pages(PageCodecs::gunzip);
      case ZSTD -> new Pages((compressed, page) -> (int) Zstd.decompress(page, compressed));
      case UNCOMPRESSED -> new Pages(PageCodecs::copy);
      default -> throw new IllegalArgumentException("pages compressed with " + name);
    };
  }

  private static int copy(byte[] compressed, byte[] page) throws IOException {
    if (compressed.length != page.length) {
      return -1;
    }
    System.arraycopy(compressed, 0, page, 0, page.length);
    return page.length;
  }

  /** A page is one gzip member. */
  private static int gunzip(byte[] compressed, byte[] page) throws IOException {
    int header = gzipHeader(compressed);
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(compressed, header, compressed.length - header);
      int length = 0;
      while (length < page.length) {
        int count = inflater.inflate(page, length, page.length - length);
        if (count == 0) {
          return -1;
        }
        length += count;
      }
      return length;
    } catch (DataFormatException e) {
      throw new IOException("a page is no deflate data", e);
    } finally {
      inflater.end();
    }
  }

  /** Writers of Parquet use no optional header fields. */
  private static int gzipHeader(byte[] compressed) throws IOException {
    if (compressed.length < 18
        || compressed[0] != 0x1f
        || compressed[1] != (byte) 0x8b
        || compressed[3] != 0) {
      throw new IOException("a page is no gzip member");
    }
    return 10;
  }

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName name) {
    throw new UnsupportedOperationException("only reads");
  }

  @Override
  public void release() {
    // nothing is kept
  }

  private record Pages(Codec codec) implements BytesInputDecompressor {
    @Override
    public BytesInput decompress(BytesInput bytes, int length) throws IOException {
      return BytesInput.from(page(bytes.toInputStream().readAllBytes(), length));
    }

    private byte[] page(byte[] compressed, int length) throws IOException {
      if (length < 0 || length > MAX_PAGE_BYTES) {
        throw new IOException("a page of " + length + " bytes");
      }
      byte[] page = new byte[length];
      if (codec.decompress(compressed, page) != length) {
        throw new IOException("a page has another length than it says");
      }
      return page;
    }

    @Override
    public void decompress(ByteBuffer input, int compressed, ByteBuffer output, int length)
        throws IOException {
      byte[] bytes = new byte[compressed];
      input.get(bytes);
      output.put(page(bytes, length));
    }

    @Override
    public void release() {
      // nothing is kept
    }
  }
}
