package dev.pilot.core.redaction;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.pilot.api.access.SecretRedactor;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Redacts bytes that come in chunks. It keeps what can't be decided yet and one byte before it; after a flush it also keeps what
 * it has passed on, so that a secret that goes on behind the flush is still known as one.
 */
final class MarkingStream implements SecretRedactor.RedactingStream {
    private static final byte[] MARK = SecretRedactor.MARK.getBytes(US_ASCII);
    private static final int PIECE = 64 * 1024;
    /** More than this is never held back: overlapping secrets could go on for ever. */
    private static final int MOST = 2 * Rule.LONGEST;

    private final Supplier<RuleSet> rules;
    private final SecretRedactor.ByteSink sink;
    private byte[] buffer = new byte[1024];
    private int size;
    /** Where undecided bytes start: 1 behind the byte before them, 0 at the very beginning. */
    private int undecided;
    /** What has been passed on already. */
    private int shown;
    /** Whether a mark was the last that was passed on. */
    private boolean behindMark;
    /** Looking again for every single byte would take quadratic time. */
    private int lookAgain;

    MarkingStream(Supplier<RuleSet> rules, SecretRedactor.ByteSink sink) {
        this.rules = rules;
        this.sink = sink;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        int done = 0;
        while (done < length) {
            int piece = Math.min(PIECE, length - done);
            if (buffer.length < size + piece) {
                buffer = Arrays.copyOf(buffer, Math.max(size + piece, buffer.length * 2));
            }
            System.arraycopy(bytes, from + done, buffer, size, piece);
            size += piece;
            done += piece;
            if (size >= lookAgain) {
                advance();
            }
        }
    }

    @Override
    public void flush() {
        int cut = scan(true, false);
        scan(false, true);
        forget(cut);
    }

    private void advance() {
        int cut = scan(true, true);
        if (size - cut > MOST) {
            scan(false, true);
            cut = size;
        }
        forget(cut);
        lookAgain = size + (size - undecided) / 8;
    }

    /** Finds where the text must be cut; passes on what is before the cut, if so asked. */
    private int scan(boolean open, boolean pass) {
        Text text = Text.part(buffer, size, open, behindMark ? shown : -1);
        int cut = rules.get().scan(text, undecided);
        if (pass) {
            pass(text.spans, cut);
        }
        return cut;
    }

    private void pass(Spans spans, int cut) {
        int done = shown;
        boolean marked = behindMark;
        for (int i = 0; i < spans.size() && spans.start(i) < cut; i++) {
            if (spans.end(i) <= shown) {
                continue;
            }
            boolean goesOn = spans.start(i) < shown && behindMark;
            clean(done, Math.max(spans.start(i), done));
            if (!goesOn) {
                sink.accept(MARK, 0, MARK.length);
            }
            done = spans.end(i);
            marked = true;
        }
        if (cut > done) {
            clean(done, cut);
            done = cut;
            marked = false;
        }
        shown = done;
        behindMark = marked;
    }

    private void clean(int from, int to) {
        if (to > from) {
            sink.accept(buffer, from, to - from);
        }
    }

    private void forget(int cut) {
        int keep = Math.max(0, cut - 1);
        System.arraycopy(buffer, keep, buffer, 0, size - keep);
        size -= keep;
        shown -= keep;
        undecided = cut - keep;
        lookAgain = 0;
        if (buffer.length > 4 * PIECE && size < PIECE) {
            buffer = Arrays.copyOf(buffer, PIECE);
        }
    }
}
