package dev.pilot.runner.process.child;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Java tells of processes on every system: no sessions and no environments, so strays that lost their parents are not found. */
final class PortableProcessTable implements ProcessTable {
    @Override
    public List<Entry> list() {
        return ProcessHandle.allProcesses().map(PortableProcessTable::entry).toList();
    }

    @Override
    public @Nullable Entry find(long pid) {
        return ProcessHandle.of(pid).map(PortableProcessTable::entry).orElse(null);
    }

    @Override
    public boolean carries(Entry process, Cookie cookie) {
        return false;
    }

    private static Entry entry(ProcessHandle handle) {
        return new Entry(
                handle.pid(),
                handle.parent().map(ProcessHandle::pid).orElse(0L),
                0,
                handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L),
                !handle.isAlive());
    }
}
