"""TEMP"""


def close_up(table):
    pass
