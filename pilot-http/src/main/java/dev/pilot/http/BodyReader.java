package dev.pilot.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads a whole body, up to a limit and not slower than at a rate, without a thread that waits for it. */
final class BodyReader implements Runnable {
    private static final int FIRST = 4_096;

    private final Request request;
    private final int limit;
    private final BodyPace pace;
    private final Consumer<byte[]> done;
    private final Consumer<Throwable> failed;
    private byte[] body;
    private int size;

    private BodyReader(Request request, int limit, BodyPace pace, Consumer<byte[]> done, Consumer<Throwable> failed) {
        this.request = request;
        this.limit = limit;
        this.pace = pace;
        this.done = done;
        this.failed = failed;
        long length = request.getLength();
        // A length is only a promise: memory is given for what has come.
        this.body = new byte[(int) Math.max(0, length < 0 ? FIRST : Math.min(length, 1 << 16))];
    }

    static void read(Request request, int limit, BodyPace pace, Consumer<byte[]> done, Consumer<Throwable> failed) {
        if (request.getLength() > limit) {
            failed.accept(tooLong(limit));
        } else {
            new BodyReader(request, limit, pace, done, failed).run();
        }
    }

    @Override
    public void run() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            } else if (Content.Chunk.isFailure(chunk)) {
                failed.accept(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            boolean fits = add(chunk.getByteBuffer());
            chunk.release();
            if (!fits) {
                failed.accept(tooLong(limit));
                return;
            } else if (!last && pace.isTooSlow(size)) {
                failed.accept(BodyPace.tooSlow());
                return;
            } else if (last) {
                done.accept(size == body.length ? body : Arrays.copyOf(body, size));
                return;
            }
        }
    }

    private boolean add(ByteBuffer bytes) {
        int more = bytes.remaining();
        if (more > limit - size) {
            return false;
        }
        if (size + more > body.length) {
            body = Arrays.copyOf(body, (int) Math.min(limit, Math.max(size + more, 2L * body.length)));
        }
        bytes.get(body, size, more);
        size += more;
        return true;
    }

    static Refusal tooLong(int limit) {
        return Refusal.invalid(413, "body-too-large", "The body must not be longer than " + limit + " bytes.");
    }
}
