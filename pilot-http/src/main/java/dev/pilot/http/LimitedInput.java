package dev.pilot.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Refuses to read more than so many bytes, or more slowly than at a rate. For one thread. */
final class LimitedInput extends FilterInputStream {
    private final int limit;
    private final BodyPace pace;
    private int read;

    LimitedInput(InputStream in, int limit, BodyPace pace) {
        super(in);
        this.limit = limit;
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        int count = super.read(bytes, from, length);
        count(Math.max(0, count));
        return count;
    }

    private void count(int more) {
        if (more > limit - read) {
            throw BodyReader.tooLong(limit);
        }
        read += more;
        if (more > 0 && pace.isTooSlow(read)) {
            throw BodyPace.tooSlow();
        }
    }
}
