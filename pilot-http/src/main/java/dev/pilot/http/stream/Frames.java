package dev.pilot.http.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pilot.api.run.Event;
import dev.pilot.wire.WireCodec;
import dev.pilot.wire.run.StreamEvents;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Makes the frames of server-sent events. An event that many follow is encoded once: followers get the same object, so the last
 * thousands of frames are found by it. Threads may share it.
 */
final class Frames {
    private static final int REMEMBERED = 1 << 12;

    private final AtomicReferenceArray<@Nullable Frame> recent = new AtomicReferenceArray<>(REMEMBERED);

    private record Frame(Event event, byte[] bytes) {}

    ByteBuffer of(List<Event> events) {
        byte[][] frames = new byte[events.size()][];
        int size = 0;
        for (int i = 0; i < frames.length; i++) {
            frames[i] = of(events.get(i));
            size += frames[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (byte[] frame : frames) {
            all.put(frame);
        }
        return all.flip();
    }

    @SuppressWarnings("ReferenceEquality") // the point: the very object that was encoded
    private byte[] of(Event event) {
        int slot = (int) event.position() & (REMEMBERED - 1);
        Frame frame = recent.get(slot);
        if (frame == null || frame.event != event) {
            frame = new Frame(event, encode(event));
            recent.set(slot, frame);
        }
        return frame.bytes;
    }

    private static byte[] encode(Event event) {
        byte[] json = WireCodec.write(event);
        byte[] head = ("id: " + event.position() + "\nevent: " + StreamEvents.EVENT + "\ndata: ").getBytes(UTF_8);
        ByteArrayOutputStream frame = new ByteArrayOutputStream(head.length + json.length + 2);
        frame.writeBytes(head);
        frame.writeBytes(json);
        frame.write('\n');
        frame.write('\n');
        return frame.toByteArray();
    }

    /** A frame that is not an event. Its data is one line, as compact JSON is. */
    static ByteBuffer named(String name, Object data) {
        return ByteBuffer.wrap(("event: " + name + "\ndata: " + WireCodec.writeText(data) + "\n\n").getBytes(UTF_8));
    }

    static ByteBuffer comment(String text) {
        return ByteBuffer.wrap((": " + text + "\n\n").getBytes(UTF_8));
    }
}
