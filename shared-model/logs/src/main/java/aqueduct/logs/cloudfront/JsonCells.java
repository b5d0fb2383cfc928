// SPDX-License-Identifier: Apache-2.0
package aqueduct.logs.cloudfront;

/** A line that is one flat JSON object -> its cells, in the object's order. */
final class JsonCells implements Cells {
  private final JsonScanner scanner = new JsonScanner();
  private final JsonKeys keys = new JsonKeys();
  private final JsonKeys.Key[] before = new JsonKeys.Key[Columns.MAX_COLUMNS];
  private final Field[] fields = new Field[Columns.MAX_COLUMNS];
  private final byte[][] buffers = new byte[Columns.MAX_COLUMNS][];
  private final int[] froms = new int[Columns.MAX_COLUMNS];
  private final int[] tos = new int[Columns.MAX_COLUMNS];
  private int date;
  private int time;
  private int epochMs;
  private int epochSeconds;
  private int line;
  private int width;
  private boolean request;

  /** False if the line is no such object. */
  boolean read(byte[] buffer, int from, int to) {
    width = 0;
    request = false;
    line++;
    date = -1;
    time = -1;
    epochMs = -1;
    epochSeconds = -1;
    scanner.over(buffer, from, to);
    if (!scanner.open()) {
      return false;
    }
    while (scanner.next()) {
      if (!member()) {
        return false;
      }
    }
    return scanner.whole();
  }

  private boolean member() {
    int length = scanner.keyTo() - scanner.keyFrom();
    if (width == Columns.MAX_COLUMNS || length == 0 || length > Columns.MAX_NAME_LENGTH) {
      return false;
    }
    Field field = key().of(line);
    if (!scanner.value()) {
      return false;
    }
    fields[width] = field;
    buffers[width] = scanner.buffer();
    froms[width] = scanner.from();
    tos[width] = scanner.to();
    switch (field.kind()) {
      case DATE -> date = width;
      case TIME -> time = width;
      case EPOCH_MS -> epochMs = width;
      case EPOCH_SECONDS -> epochSeconds = width;
      default -> {
        // no time
      }
    }
    request |= field.number() == Column.STATUS.field() || field.number() == Column.URI_STEM.field();
    width++;
    return true;
  }

  /** The objects of a file mostly have their keys in one order. */
  private JsonKeys.Key key() {
    byte[] buffer = scanner.keyBuffer();
    JsonKeys.Key likely = before[width];
    if (likely != null && likely.is(buffer, scanner.keyFrom(), scanner.keyTo())) {
      return likely;
    }
    before[width] = keys.find(buffer, scanner.keyFrom(), scanner.keyTo());
    return before[width];
  }

  /** Whether the object has a key that only a request has. */
  boolean tellsRequest() {
    return request;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public Field field(int cell) {
    return fields[cell];
  }

  @Override
  public byte[] buffer(int cell) {
    return buffers[cell];
  }

  @Override
  public int from(int cell) {
    return froms[cell];
  }

  @Override
  public int to(int cell) {
    return tos[cell];
  }

  @Override
  public int date() {
    return date;
  }

  @Override
  public int time() {
    return time;
  }

  @Override
  public int epochMs() {
    return epochMs;
  }

  @Override
  public int epochSeconds() {
    return epochSeconds;
  }
}
