package dev.pilot.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.run.Event;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.StreamEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Encodes events, each once for all who follow it: followers that keep up get the same objects, so what was encoded lately is found by
 * them. Both the latest single events and the latest lists are kept, since most followers want the same list. Threads may share it.
 */
final class Frames {
    private static final int EVENTS = 1 << 12;
    private static final int LISTS = 1 << 3;

    /** Longer frames are encoded again, rather than kept: so all that is kept has 16 MiB at most, and the lists. */
    private static final int LONGEST_KEPT = 1 << 12;

    private final AtomicReferenceArray<@Nullable Frame> events = new AtomicReferenceArray<>(EVENTS);
    private final AtomicReferenceArray<@Nullable Joined> lists = new AtomicReferenceArray<>(LISTS);
    private final AtomicInteger nextList = new AtomicInteger();

    /** A frame of server-sent events, of which a part is the event's JSON. */
    private record Frame(Event event, byte[] bytes, int head) {
        private static final byte[] END = {'\n', '\n'};

        static Frame of(Event event) {
            byte[] json = WireCodec.write(event);
            byte[] head = ("id: " + event.position() + "\nevent: " + StreamEvents.EVENT + "\ndata: ").getBytes(UTF_8);
            ByteArrayOutputStream frame = new ByteArrayOutputStream(head.length + json.length + END.length);
            frame.writeBytes(head);
            frame.writeBytes(json);
            frame.writeBytes(END);
            return new Frame(event, frame.toByteArray(), head.length);
        }

        ByteBuffer json() {
            return ByteBuffer.wrap(bytes, head, bytes.length - head - END.length)
                    .slice();
        }
    }

    private record Joined(List<Event> events, byte[] bytes) {}

    /** The frames of several events, one after another. */
    @SuppressWarnings("ReferenceEquality") // the point: the very list that was encoded
    ByteBuffer of(List<Event> list) {
        if (list.size() == 1) {
            return ByteBuffer.wrap(frame(list.get(0)).bytes);
        }
        for (int i = 0; i < LISTS; i++) {
            Joined known = lists.get(i);
            if (known != null && known.events == list) {
                return ByteBuffer.wrap(known.bytes);
            }
        }
        byte[] joined = join(list);
        lists.set(nextList.getAndIncrement() & (LISTS - 1), new Joined(list, joined));
        return ByteBuffer.wrap(joined);
    }

    private byte[] join(List<Event> list) {
        byte[][] frames = new byte[list.size()][];
        int size = 0;
        for (int i = 0; i < frames.length; i++) {
            frames[i] = frame(list.get(i)).bytes;
            size += frames[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] frame : frames) {
            all.put(frame);
        }
        return all.array();
    }

    /** An event as JSON alone: the very bytes that its frame has as data. */
    ByteBuffer json(Event event) {
        return frame(event).json();
    }

    @SuppressWarnings("ReferenceEquality") // the point: the very object that was encoded
    private Frame frame(Event event) {
        int slot = (int) event.position() & (EVENTS - 1);
        Frame frame = events.get(slot);
        if (frame == null || frame.event != event) {
            frame = Frame.of(event);
            if (frame.bytes.length <= LONGEST_KEPT) {
                events.set(slot, frame);
            }
        }
        return frame;
    }

    /** A frame that is not an event. Its data is one line, as compact JSON is. */
    static ByteBuffer named(String name, Object data) {
        return ByteBuffer.wrap(("event: " + name + "\ndata: " + WireCodec.writeText(data) + "\n\n").getBytes(UTF_8));
    }

    static ByteBuffer comment(String text) {
        return ByteBuffer.wrap((": " + text + "\n\n").getBytes(UTF_8));
    }
}
