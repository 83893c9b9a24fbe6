package dev.pilot.vcs.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Bytes in memory up to a limit. What goes past it is dropped, back to the last mark. */
final class BoundedOutput extends ByteArrayOutputStream {
    private final int limit;
    private int mark;
    private boolean over;

    BoundedOutput(int limit) {
        this.limit = limit;
    }

    /** What is there now is kept, whatever comes. */
    void mark() {
        mark = count;
    }

    boolean isOver() {
        return over;
    }

    @Override
    public void write(int value) {
        if (fits(1)) {
            super.write(value);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
        if (fits(length)) {
            super.write(bytes, offset, length);
        }
    }

    /** A last line, for which the limit doesn't count. */
    void endWith(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        super.write(bytes, 0, bytes.length);
    }

    private boolean fits(int more) {
        if (!over && more > limit - count) {
            over = true;
            count = mark;
        }
        return !over;
    }
}
