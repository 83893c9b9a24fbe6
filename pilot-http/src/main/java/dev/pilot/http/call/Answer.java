package dev.pilot.http.call;

import dev.pilot.api.run.EventFilter;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a route says. */
public sealed interface Answer {
    /** The kinds of answer. */
    enum Kind {
        /** {@link Value}. */
        VALUE,
        /** {@link Nothing}. */
        NOTHING,
        /** {@link Bytes}. */
        BYTES,
        /** {@link Following}. */
        FOLLOWING,
        /** {@link Later}. */
        LATER,
        /** {@link Refused}. */
        REFUSED
    }

    /**
     * Which kind of answer this is.
     *
     * @return the kind
     */
    Kind kind();

    /**
     * JSON.
     *
     * @param status the HTTP status
     * @param value a record of the api or the wire
     * @param headers further headers
     */
    record Value(int status, Object value, Map<String, String> headers) implements Answer {
        @Override
        public Kind kind() {
            return Kind.VALUE;
        }
    }

    /** It is done, and there is no more to say. */
    record Nothing() implements Answer {
        @Override
        public Kind kind() {
            return Kind.NOTHING;
        }
    }

    /**
     * Bytes.
     *
     * @param content reads them; closed by whoever writes the answer
     * @param length how many there are, or {@link #UNKNOWN}
     * @param contentType their media type
     * @param headers further headers
     */
    record Bytes(InputStream content, long length, String contentType, Map<String, String> headers) implements Answer {
        /** There are as many as there are. */
        public static final long UNKNOWN = -1;

        @Override
        public Kind kind() {
            return Kind.BYTES;
        }
    }

    /**
     * Events without end.
     *
     * @param filter which
     * @param after the position behind which to start
     * @param epoch the log's name
     * @param isReset whether the caller asked for a position of another log
     */
    record Following(EventFilter filter, long after, String epoch, boolean isReset) implements Answer {
        @Override
        public Kind kind() {
            return Kind.FOLLOWING;
        }
    }

    /**
     * Another answer, when it is there. No thread waits for it.
     *
     * @param <A> what it is made of
     * @param stage completes with that; cancelled when nobody waits for it any more
     * @param render makes the answer of it
     * @param early the answer if the server stops before; null if that is worth waiting for
     * @param undo takes back what came too late for the caller
     */
    record Later<A>(
            CompletionStage<A> stage,
            Function<A, Answer> render,
            @Nullable Answer early,
            Consumer<A> undo) implements Answer {
        /**
         * The same, but something is looked at when the answer is there.
         *
         * @param check throws what is said instead; then what there was is undone
         * @return the answer
         */
        public Later<A> checked(Runnable check) {
            return new Later<>(
                    stage,
                    value -> {
                        check.run();
                        return render.apply(value);
                    },
                    early,
                    undo);
        }

        @Override
        public Kind kind() {
            return Kind.LATER;
        }
    }

    /**
     * A refusal that has more to say than what is thrown.
     *
     * @param failure what went wrong
     * @param headers further headers
     */
    record Refused(Throwable failure, Map<String, String> headers) implements Answer {
        @Override
        public Kind kind() {
            return Kind.REFUSED;
        }
    }
}
