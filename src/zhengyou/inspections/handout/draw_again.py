#!/usr/bin/env python3
"""重抽一遍：用封存的名单和公开的种子，看看是不是抽出同样的单位。

只要有 Python（3.9 以上），不用装别的：

    python3 draw_again.py 名单.txt 4 2 6 1 3 3 5 2          种子，按公布的次序
    python3 draw_again.py 名单.txt 4 2 6 1 --digest 4f1c…   先核对名单的校验码
    python3 draw_again.py --rfc3797                         用 RFC 3797 的例子检验算法

打印每一层抽中和备选的单位，次序和网页上的一样。名单被改过一个字，校验码就不一样。
"""

import argparse
import hashlib
import pathlib
import sys

HEADS = 12  # lines before the strata


def picks(key, size, algorithm="sha256"):
    """RFC 3797: hash (index, key, index), modulo those left; take that one out; go on."""
    left = list(range(1, size + 1))
    order = []
    for index in range(size):
        mark = index.to_bytes(2, "big")
        number = int(hashlib.new(algorithm, mark + key.encode("utf-8") + mark).hexdigest(), 16)
        order.append(left.pop(number % len(left)))
    return order


def picks_by_dice(size, many, pairs):
    """Two dice, read as 1 to 36: count along those left, round and round; beyond the last full
    round throw again; the last one left needs no dice. ``pairs`` is used up from its front."""
    left = list(range(1, size + 1))
    order = []
    while len(order) < many:
        if len(left) == 1:
            order.append(left.pop())
            continue
        if not pairs:
            sys.exit("点数不够：还没有抽完。")
        first, second = pairs.pop(0)
        number = (first - 1) * 6 + second
        full_rounds = 36 // len(left)
        if number <= full_rounds * len(left):
            order.append(left.pop((number - 1) % len(left)))
    return order


def read(path):
    """The file as bytes, its heads, its strata and its bodies."""
    data = pathlib.Path(path).read_bytes()
    lines = data.decode("utf-8").split("\n")
    if lines[0] != "争优抽样名单":
        sys.exit("这不是封存的抽样名单。")
    heads = dict(line.split("：", 1) for line in lines[1:HEADS])
    rows = [line.split("\t") for line in lines[HEADS:] if line]
    strata = [(int(row[1]), int(row[2]), row[3]) for row in rows if row[0] == "层"]
    bodies = {number: [row[4] for row in rows if row[0] == "单位" and int(row[1]) == number]
              for number, _, _ in strata}  # fmt: skip
    return data, heads, strata, bodies


def draw(data, heads, strata, bodies, seed):
    """Per stratum: its label, how many are drawn, and the names in the order of the draw."""
    digest = hashlib.sha256(data).hexdigest()
    pairs = list(zip(seed[0::2], seed[1::2]))  # noqa: B905 (also for older Pythons)
    reserve = int(heads["备选"])
    numbers = seed if heads["种子"].endswith("按先后") else sorted(seed)
    for number, quota, label in strata:
        names = bodies[number]
        if heads["抽法"] == "dice":
            order = picks_by_dice(len(names), min(len(names), quota + reserve), pairs)
        else:
            written = "".join(f"{each}." for each in numbers)
            order = picks(f"{written}/{digest}./{number}./", len(names))
        yield label, quota, [names[place - 1] for place in order]
    if heads["抽法"] == "dice" and pairs:
        sys.exit("点数多了：没有掷这么多次也能抽完。")


def rfc3797():
    """The example that RFC 3797 prints: MD5, 25 volunteers, 10 picks."""
    key = "9319./2.5.8.10.12./9.18.26.34.41.45./"
    found = picks(key, 25, "md5")[:10]
    right = [17, 7, 2, 16, 25, 23, 8, 24, 19, 13]
    print("RFC 3797 的例子：" + " ".join(str(place) for place in found))
    print("和 RFC 一样。" if found == right else "和 RFC 不一样！")
    return 0 if found == right else 1


def main():
    parser = argparse.ArgumentParser(description="用封存的名单和公开的种子重抽一遍。")
    parser.add_argument("list", nargs="?", help="封存的名单文件")
    parser.add_argument("seed", nargs="*", type=int, help="种子，按公布的次序")
    parser.add_argument("--digest", default="", help="公布的校验码，先核对")
    parser.add_argument("--rfc3797", action="store_true", help="用 RFC 3797 的例子检验算法")
    asked = parser.parse_args()
    if asked.rfc3797:
        return rfc3797()
    if not asked.list:
        parser.error("请给出名单文件和种子")
    data, heads, strata, bodies = read(asked.list)
    digest = hashlib.sha256(data).hexdigest()
    print(f"{heads['名称']}　名单校验码 {digest}")
    if asked.digest and asked.digest.lower() != digest:
        print("校验码对不上：这份名单不是公布的那一份。")
        return 1
    for label, quota, names in draw(data, heads, strata, bodies, asked.seed):
        print(f"{label}：抽 {quota} 个")
        for place, name in enumerate(names, start=1):
            print(f"  {'抽中' if place <= quota else '备选'} {place} {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
