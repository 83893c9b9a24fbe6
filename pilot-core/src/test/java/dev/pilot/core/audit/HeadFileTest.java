package dev.pilot.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.store.AuditAnchor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeadFileTest {
    @TempDir
    private Path directory;

    private Path path() {
        return directory.resolve("audit.head");
    }

    private static AuditAnchor anchor(long sequence) {
        return new AuditAnchor(sequence, 7, "ab".repeat(32), -8, sequence - 1, sequence == 1 ? "" : "cd", false, "ef");
    }

    @Test
    void whatIsWrittenIsRead() {
        HeadFile file = new HeadFile(path());
        assertThat(file.read()).isEqualTo(new HeadFile.Head(null, null));
        for (long sequence = 1; sequence <= 3; sequence++) {
            file.write(anchor(sequence));
            assertThat(file.read()).isEqualTo(new HeadFile.Head(anchor(sequence), null));
        }
    }

    /** A hub may have paused between reading the newest seal and writing it here. */
    @Test
    void itNeverGoesBack() {
        HeadFile file = new HeadFile(path());
        file.write(anchor(5));
        new HeadFile(path()).write(anchor(4));
        assertThat(file.read().anchor()).isEqualTo(anchor(5));
    }

    @Test
    void manyWritersLeaveTheNewest() throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> writers = IntStream.rangeClosed(1, 12)
                .mapToObj(i -> new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    new HeadFile(path()).write(anchor(i));
                }))
                .toList();
        writers.forEach(Thread::start);
        go.countDown();
        for (Thread writer : writers) {
            writer.join();
        }
        assertThat(new HeadFile(path()).read().anchor()).isEqualTo(anchor(12));
    }

    @Test
    void whatAHubThatWasKilledLeftIsOverwrittenAndGone() throws IOException {
        Path fresh = directory.resolve("audit.head.new");
        Files.writeString(
                fresh, "half a seal that is longer than a whole one, so that something of it could stay ".repeat(9));
        new HeadFile(path()).write(anchor(1));
        assertThat(new HeadFile(path()).read().anchor()).isEqualTo(anchor(1));
        assertThat(fresh).doesNotExist();
    }

    @Test
    void whatIsNoSealIsToldFromNone() throws IOException {
        for (String text : List.of("", "7 0 abc def\n", "1 2 ab x 4 cd ef\n")) {
            Files.writeString(path(), text);
            HeadFile.Head head = new HeadFile(path()).read();
            assertThat(head.anchor()).isNull();
            assertThat(head.garbled()).isNotBlank();
        }
    }
}
