package dev.pilot.http.guard;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets connections in: so many of an address, and only those that say what they want within a time, however slowly they speak. Threads
 * may share it.
 */
public final class Entrance extends ServerConnector {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Hops hops;
    private final int mostOfAddress;
    private final long longestHead;
    private final Runnable everySecond;
    private final Reminder reminder = new Reminder(System::nanoTime);
    private final Map<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final Set<Counted> open = ConcurrentHashMap.newKeySet();
    private volatile Scheduler.Task next = () -> false;

    /**
     * Makes it; it listens when the server starts.
     *
     * @param server the server
     * @param hops knows trusted proxies, whose connections are many people's
     * @param mostOfAddress how many connections one address may have
     * @param longestHead how long a request's line and headers may take; of a connection's first request, from when it is made, unless it
     *     is a trusted proxy's, which may keep some ready
     * @param everySecond done about once a second
     * @param factories what is spoken
     */
    public Entrance(
            Server server,
            Hops hops,
            int mostOfAddress,
            Duration longestHead,
            Runnable everySecond,
            ConnectionFactory... factories) {
        super(server, factories);
        this.hops = hops;
        this.mostOfAddress = mostOfAddress;
        this.longestHead = longestHead.toNanos();
        this.everySecond = everySecond;
    }

    /** A connection that knows since when its other side has been saying what it wants. */
    private static final class Counted extends SocketChannelEndPoint {
        private static final long SILENT = Long.MIN_VALUE;

        /** Who is counted as one with it; asked for while it is open, since a closed socket knows no other side. */
        private volatile String group = "";

        private volatile long since = SILENT;
        private volatile boolean served;

        Counted(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
            super(channel, selector, key, scheduler);
        }

        @Override
        public int fill(ByteBuffer buffer) throws IOException {
            int filled = super.fill(buffer);
            if (filled > 0) {
                begin();
            }
            return filled;
        }

        /** From now on it is saying what it wants, unless it was already, or has said it. */
        void begin() {
            if (!served && since == SILENT) {
                since = System.nanoTime();
            }
        }

        boolean isTooSlow(long now, long longest) {
            long begun = since;
            return !served && begun != SILENT && now - begun > longest && speaksHttp();
        }

        private boolean speaksHttp() {
            Connection connection = getConnection();
            if (connection instanceof SslConnection ssl) {
                connection = ssl.getSslEndPoint().getConnection();
            }
            return connection == null || connection instanceof ConnectionMetaData;
        }
    }

    /**
     * Says that a request's head is here; from when it is answered on, the next one's time counts.
     *
     * @param request the request
     */
    public static void served(Request request) {
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        EndPoint outer = endPoint instanceof EndPoint.Wrapper wrapper ? wrapper.unwrap() : endPoint;
        if (outer instanceof Counted counted) {
            counted.served = true;
            Request.addCompletionListener(request, failure -> {
                counted.since = Counted.SILENT;
                counted.served = false;
            });
        }
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new Counted(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }

    @Override
    protected void onEndPointOpened(EndPoint endPoint) {
        super.onEndPointOpened(endPoint);
        if (endPoint instanceof Counted counted) {
            open.add(counted);
            InetAddress address = Hops.address(counted.getRemoteSocketAddress());
            counted.group = Hop.group(address);
            int count = byAddress.merge(counted.group, 1, Integer::sum);
            if (hops.isTrusted(address)) {
                return;
            }
            if (count > mostOfAddress) {
                counted.close();
            } else {
                counted.begin();
            }
        }
    }

    @Override
    protected void onEndPointClosed(EndPoint endPoint) {
        super.onEndPointClosed(endPoint);
        if (endPoint instanceof Counted counted && open.remove(counted)) {
            byAddress.computeIfPresent(counted.group, (group, count) -> count == 1 ? null : count - 1);
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        look();
    }

    @Override
    protected void doStop() throws Exception {
        next.cancel();
        super.doStop();
    }

    /** Whatever goes wrong in one look, there is a next. */
    private void look() {
        try {
            closeSlow();
            everySecond.run();
        } catch (RuntimeException e) {
            if (reminder.isDue(String.valueOf(e))) {
                LOG.error("Looking after connections failed; it goes on.", e);
            }
        } finally {
            if (isRunning() || isStarting()) {
                next = getScheduler().schedule(this::look, 1, TimeUnit.SECONDS);
            }
        }
    }

    private void closeSlow() {
        long now = System.nanoTime();
        for (Counted counted : open) {
            if (counted.isTooSlow(now, longestHead)) {
                counted.close(new TimeoutException("the request did not come in time"));
            }
        }
    }
}
