import { describe, expect, it } from 'vitest'
import { dateAndTime, dateInZone, dayText, relativeTime } from './time-text.ts'

const NEW_YORK = 'America/New_York'
const at = (iso: string) => Date.parse(iso)

describe('dateAndTime', () => {
  it('is told in the zone of the business', () => {
    expect(dateAndTime(at('2026-11-23T21:04:00Z'), NEW_YORK)).toBe('23 Nov 2026, 16:04')
    expect(dateAndTime(at('2026-11-23T21:04:00Z'), 'Asia/Tokyo')).toBe('24 Nov 2026, 06:04')
  })

  it('writes midnight as 00, and September with three letters', () => {
    expect(dateAndTime(at('2026-09-01T04:00:00Z'), NEW_YORK)).toBe('1 Sep 2026, 00:00')
  })

  it('follows summer time across its change', () => {
    expect(dateAndTime(at('2026-03-08T06:59:00Z'), NEW_YORK)).toBe('8 Mar 2026, 01:59')
    expect(dateAndTime(at('2026-03-08T07:00:00Z'), NEW_YORK)).toBe('8 Mar 2026, 03:00')
  })

  it('knows zones that are not whole hours from UTC, and changes of half an hour', () => {
    expect(dateAndTime(at('2026-11-23T21:59:59Z'), 'Asia/Kathmandu')).toBe('24 Nov 2026, 03:44')
    expect(dateAndTime(at('2026-10-03T15:29:00Z'), 'Australia/Lord_Howe')).toBe('4 Oct 2026, 01:59')
    expect(dateAndTime(at('2026-10-03T15:30:00Z'), 'Australia/Lord_Howe')).toBe('4 Oct 2026, 02:30')
  })
})

it('dateInZone is the day on the wall calendar there', () => {
  expect(dateInZone(at('2026-11-23T02:00:00Z'), NEW_YORK)).toBe('2026-11-22')
})

it('dayText needs no zone', () => {
  expect(dayText('2026-01-05')).toBe('5 Jan 2026')
})

describe('relativeTime', () => {
  const now = at('2026-11-23T21:04:00Z')
  const told = (iso: string) => relativeTime(at(iso), now, NEW_YORK)

  it('counts minutes, then hours', () => {
    expect(told('2026-11-23T21:03:01Z')).toBe('just now')
    expect(told('2026-11-23T21:03:00Z')).toBe('1 min ago')
    expect(told('2026-11-23T20:04:01Z')).toBe('59 min ago')
    expect(told('2026-11-23T20:04:00Z')).toBe('1 h ago')
    expect(told('2026-11-23T06:00:00Z')).toBe('15 h ago')
  })

  it('turns to the calendar of the business after the day is over', () => {
    expect(told('2026-11-23T04:59:00Z')).toBe('yesterday')
    expect(told('2026-11-22T05:00:00Z')).toBe('yesterday')
    expect(told('2026-11-22T04:59:00Z')).toBe('21 Nov')
    expect(told('2025-11-21T12:00:00Z')).toBe('21 Nov 2025')
  })

  it('does not call a few hours ago yesterday', () => {
    const earlyMorning = at('2026-11-23T06:00:00Z')
    expect(relativeTime(at('2026-11-23T03:00:00Z'), earlyMorning, NEW_YORK)).toBe('3 h ago')
  })

  it('forgives a clock that is a little ahead, and tells a later moment in full', () => {
    expect(told('2026-11-23T21:04:59Z')).toBe('just now')
    expect(told('2026-11-24T21:04:00Z')).toBe('24 Nov 2026, 16:04')
  })
})
