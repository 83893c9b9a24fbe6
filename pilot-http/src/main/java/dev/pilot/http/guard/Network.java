package dev.pilot.http.guard;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A range of addresses, such as {@code 10.0.0.0/8} or {@code ::1}.
 *
 * @param first an address in it
 * @param bits how many of its first bits all share
 */
record Network(InetAddress first, int bits) {
    /** Null if the text is no range. */
    static @Nullable Network parse(String text) {
        int slash = text.indexOf('/');
        InetAddress first = Literals.parse(slash < 0 ? text : text.substring(0, slash));
        if (first == null) {
            return null;
        }
        int all = first.getAddress().length * 8;
        if (slash < 0) {
            return new Network(first, all);
        }
        String length = text.substring(slash + 1);
        int bits = length.matches("[0-9]{1,3}") ? Integer.parseInt(length) : -1;
        return bits < 0 || bits > all ? null : new Network(first, bits);
    }

    boolean contains(InetAddress address) {
        byte[] mine = first.getAddress();
        byte[] other = address.getAddress();
        if (mine.length != other.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> i % 8;
            if ((mine[i / 8] & mask) != (other[i / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
